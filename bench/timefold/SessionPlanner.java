// The rules of the contract (scheduling) as a model for Timefold, to compare with; bench/timefold_planner.py asks it.
//
// Java, not Python: the package's bridge from Python is no longer worked on and slower by orders of magnitude. What
// stands on the standard input is written there too. Who may be in which group, and where and when its professional
// may hold it, are the ranges of the values; everything that depends on two choices is a constraint.

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.bendable.BendableScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.impl.solver.DefaultSolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.IntStream;

public class SessionPlanner {

    static final int DAY = 24 * 60;
    static final int EVENING = 18 * 60;
    static int gap;
    static int grid;
    /** Places for children by site and moment; times are minutes since the first midnight. */
    static final Map<Integer, Map<Integer, Integer>> PLACES = new HashMap<>();

    record Room(int id, int site, int seats) {}

    record Spot(int start, Room room) {}

    record Window(int from, int to) {
        boolean holds(int start, int end) {
            return from <= start && end <= to;
        }
    }

    record Pair(Woman one, Woman other) {}

    /** Who is where: a woman in one session. */
    record Presence(Woman woman, Sitting sitting, int start, int end, int site) {
        int until() {
            return end + gap;
        }

        boolean isUnsuited() {
            return !woman.isFree(start, end) || woman.avoids.contains(site) || (woman.children > 0 && !isCared());
        }

        private boolean isCared() {
            return moments().stream().allMatch(PLACES.getOrDefault(site, Map.of())::containsKey);
        }

        List<Integer> moments() {
            return IntStream.iterate(start, at -> at < end, at -> at + grid).boxed().toList();
        }

        List<Care> care() {
            return moments().stream().map(at -> new Care(site, at, woman)).toList();
        }
    }

    record Care(int site, int at, Woman woman) {
        int children() {
            return woman.children;
        }
    }

    static final class Woman {
        int id;
        int children;
        boolean meetsNobody;
        final List<Integer> avoids = new ArrayList<>();
        final List<Window> free = new ArrayList<>();

        boolean isFree(int start, int end) {
            return free.stream().anyMatch(one -> one.holds(start, end));
        }
    }

    /** A group that may be held or not: of one activity, with one professional. */
    static final class Group {
        int id;
        int professional;
        int owner;
        int least;
        int most;
        int sessions;
        int minutes;
        int daysApart;
        int weight;
        final List<Spot> spots = new ArrayList<>();

        boolean isForOthersThan(Group other) {
            return owner >= 0 && other.owner >= 0 && owner != other.owner;
        }
    }

    /** The wish of one woman: in a group, or in none. */
    @PlanningEntity
    public static class Seat {
        @PlanningId public int id;
        public Woman woman;
        public List<Group> groups = new ArrayList<>();
        private Group group;

        @PlanningVariable(valueRangeProviderRefs = "groups", allowsUnassigned = true)
        public Group getGroup() {
            return group;
        }

        public void setGroup(Group group) {
            this.group = group;
        }

        @ValueRangeProvider(id = "groups")
        public List<Group> getGroups() {
            return groups;
        }
    }

    /** One session of a group: somewhere at some time, or not held. */
    @PlanningEntity
    public static class Sitting {
        @PlanningId public int id;
        public Group group;
        private Spot spot;

        public Group getGroup() {
            return group;
        }

        @PlanningVariable(valueRangeProviderRefs = "spots", allowsUnassigned = true)
        public Spot getSpot() {
            return spot;
        }

        public void setSpot(Spot spot) {
            this.spot = spot;
        }

        @ValueRangeProvider(id = "spots")
        public List<Spot> getSpots() {
            return group.spots;
        }

        int start() {
            return spot.start;
        }

        int end() {
            return spot.start + group.minutes;
        }

        int until() {
            return end() + gap;
        }

        int site() {
            return spot.room.site;
        }

        int late() {
            return Math.max(0, Math.min(end() - start() / DAY * DAY - EVENING, group.minutes)) / grid;
        }
    }

    @PlanningSolution
    public static class Sheet {
        @PlanningEntityCollectionProperty public List<Seat> seats = new ArrayList<>();
        @PlanningEntityCollectionProperty public List<Sitting> sittings = new ArrayList<>();
        @ProblemFactCollectionProperty public List<Pair> apart = new ArrayList<>();

        @PlanningScore(bendableHardLevelsSize = 1, bendableSoftLevelsSize = 4)
        public BendableScore score;
    }

    public static class Rules implements ConstraintProvider {
        static final BendableScore BROKEN = BendableScore.ofHard(1, 4, 0, 1);
        static final BendableScore WORTH = BendableScore.ofSoft(1, 4, 0, 1);
        static final BendableScore NEARLY = BendableScore.ofSoft(1, 4, 1, 1); // leads towards a group that can be held
        static final BendableScore TRAVEL = BendableScore.ofSoft(1, 4, 2, 1);
        static final BendableScore LATE = BendableScore.ofSoft(1, 4, 3, 1);

        @Override
        public Constraint[] defineConstraints(ConstraintFactory all) {
            return new Constraint[] {
                roomOnce(all), professionalOnce(all), womanOnce(all), suited(all), daysApart(all), notTooMany(all),
                seats(all), childcare(all), mustNotMeet(all), meetsNobody(all), betweenIndividual(all), served(all),
                wished(all), begun(all), empty(all), travel(all), late(all),
            };
        }

        static UniConstraintStream<Presence> present(ConstraintFactory all) {
            return all.forEach(Seat.class)
                .join(Sitting.class, Joiners.equal(Seat::getGroup, Sitting::getGroup))
                .map((seat, one) -> new Presence(seat.woman, one, one.start(), one.end(), one.site()));
        }

        static BiConstraintStream<Group, Integer> sizes(ConstraintFactory all) {
            return all.forEach(Seat.class).groupBy(Seat::getGroup, ConstraintCollectors.count());
        }

        Constraint roomOnce(ConstraintFactory all) {
            return all.forEachUniquePair(Sitting.class,
                    Joiners.equal(one -> one.spot.room), Joiners.overlapping(Sitting::start, Sitting::end))
                .penalize(BROKEN).asConstraint("1 room");
        }

        Constraint professionalOnce(ConstraintFactory all) {
            return all.forEachUniquePair(Sitting.class,
                    Joiners.equal(one -> one.group.professional), Joiners.overlapping(Sitting::start, Sitting::end))
                .penalize(BROKEN).asConstraint("1 professional");
        }

        Constraint womanOnce(ConstraintFactory all) {
            return present(all).join(present(all),
                    Joiners.equal(Presence::woman), Joiners.overlapping(Presence::start, Presence::end),
                    Joiners.lessThan(one -> one.sitting.id))
                .penalize(BROKEN).asConstraint("1 woman");
        }

        Constraint suited(ConstraintFactory all) {
            return present(all).filter(Presence::isUnsuited).penalize(BROKEN).asConstraint("1, 3 her time and site");
        }

        Constraint daysApart(ConstraintFactory all) {
            return all.forEachUniquePair(Sitting.class, Joiners.equal(Sitting::getGroup))
                .filter((a, b) -> Math.abs(a.start() / DAY - b.start() / DAY) < a.group.daysApart)
                .penalize(BROKEN).asConstraint("1 days apart");
        }

        Constraint notTooMany(ConstraintFactory all) {
            return sizes(all).filter((group, women) -> women > group.most)
                .penalize(BROKEN, (group, women) -> women - group.most).asConstraint("2 size");
        }

        Constraint seats(ConstraintFactory all) {
            return sizes(all).join(Sitting.class, Joiners.equal((group, women) -> group, Sitting::getGroup))
                .filter((group, women, one) -> women > one.spot.room.seats)
                .penalize(BROKEN, (group, women, one) -> women - one.spot.room.seats).asConstraint("1 seats");
        }

        Constraint childcare(ConstraintFactory all) {
            return present(all).filter(one -> one.woman.children > 0).flattenLast(Presence::care)
                .groupBy(Care::site, Care::at, ConstraintCollectors.sum(Care::children))
                .filter((site, at, children) -> children > places(site, at))
                .penalize(BROKEN, (site, at, children) -> children - places(site, at)).asConstraint("3 childcare");
        }

        static int places(int site, int at) {
            return PLACES.getOrDefault(site, Map.of()).getOrDefault(at, 0);
        }

        Constraint mustNotMeet(ConstraintFactory all) {
            return all.forEach(Pair.class)
                .join(present(all), Joiners.equal(Pair::one, Presence::woman))
                .join(present(all),
                    Joiners.equal((pair, one) -> pair.other, Presence::woman),
                    Joiners.equal((pair, one) -> one.site, Presence::site),
                    Joiners.overlapping(
                        (pair, one) -> one.start, (pair, one) -> one.until(), Presence::start, Presence::until))
                .penalize(BROKEN).asConstraint("5 must not meet");
        }

        Constraint meetsNobody(ConstraintFactory all) {
            return present(all).filter(one -> one.woman.meetsNobody)
                .join(present(all),
                    Joiners.equal(Presence::site), Joiners.overlapping(Presence::start, Presence::until),
                    Joiners.filtering((one, other) -> one.woman != other.woman))
                .penalize(BROKEN).asConstraint("5 meets nobody");
        }

        Constraint betweenIndividual(ConstraintFactory all) {
            return all.forEachUniquePair(Sitting.class,
                    Joiners.equal(one -> one.group.professional), Joiners.equal(Sitting::site),
                    Joiners.overlapping(Sitting::start, Sitting::until))
                .filter((a, b) -> a.group.isForOthersThan(b.group))
                .penalize(BROKEN).asConstraint("6 between individual sessions");
        }

        Constraint served(ConstraintFactory all) {
            return sizes(all).filter((group, women) -> women >= group.least)
                .join(Sitting.class, Joiners.equal((group, women) -> group, Sitting::getGroup))
                .groupBy((group, women, one) -> group, (group, women, one) -> women, ConstraintCollectors.countTri())
                .filter((group, women, held) -> held == group.sessions)
                .reward(WORTH, (group, women, held) -> women * group.weight).asConstraint("served");
        }

        Constraint wished(ConstraintFactory all) {
            return all.forEach(Seat.class).reward(NEARLY).asConstraint("a woman more in a group");
        }

        Constraint begun(ConstraintFactory all) {
            return all.forEach(Sitting.class).ifExists(Seat.class, Joiners.equal(Sitting::getGroup, Seat::getGroup))
                .reward(NEARLY).asConstraint("a session more of a group");
        }

        Constraint empty(ConstraintFactory all) {
            return all.forEach(Sitting.class).ifNotExists(Seat.class, Joiners.equal(Sitting::getGroup, Seat::getGroup))
                .penalize(NEARLY).asConstraint("a session without women");
        }

        Constraint travel(ConstraintFactory all) {
            return present(all).groupBy(Presence::woman, one -> one.start / DAY)
                .penalize(TRAVEL).asConstraint("days of travel");
        }

        Constraint late(ConstraintFactory all) {
            return all.forEach(Sitting.class).penalize(LATE, Sitting::late).asConstraint("late hours");
        }
    }

    /** Numbers alone, kind after kind, each kind after how many there are of it. */
    static Sheet read(Scanner in) {
        Sheet sheet = new Sheet();
        grid = in.nextInt();
        gap = in.nextInt();
        Map<Integer, Room> rooms = new HashMap<>();
        for (int left = in.nextInt(); left > 0; left--) {
            Room room = new Room(in.nextInt(), in.nextInt(), in.nextInt());
            rooms.put(room.id, room);
        }
        for (int left = in.nextInt(); left > 0; left--) {
            PLACES.computeIfAbsent(in.nextInt(), site -> new HashMap<>()).put(in.nextInt(), in.nextInt());
        }
        List<Woman> women = new ArrayList<>();
        for (int left = in.nextInt(); left > 0; left--) {
            women.add(woman(in, women.size()));
        }
        for (int left = in.nextInt(); left > 0; left--) {
            sheet.apart.add(new Pair(women.get(in.nextInt()), women.get(in.nextInt())));
        }
        List<Group> groups = new ArrayList<>();
        for (int left = in.nextInt(); left > 0; left--) {
            Group group = group(in, groups.size(), rooms);
            groups.add(group);
            for (int session = 0; session < group.sessions; session++) {
                Sitting sitting = new Sitting();
                sitting.id = sheet.sittings.size();
                sitting.group = group;
                sheet.sittings.add(sitting);
            }
        }
        for (int left = in.nextInt(); left > 0; left--) {
            Seat seat = new Seat();
            seat.id = sheet.seats.size();
            seat.woman = women.get(in.nextInt());
            for (int more = in.nextInt(); more > 0; more--) {
                seat.groups.add(groups.get(in.nextInt()));
            }
            sheet.seats.add(seat);
        }
        return sheet;
    }

    static Woman woman(Scanner in, int id) {
        Woman woman = new Woman();
        woman.id = id;
        woman.children = in.nextInt();
        woman.meetsNobody = in.nextInt() == 1;
        for (int left = in.nextInt(); left > 0; left--) {
            woman.avoids.add(in.nextInt());
        }
        for (int left = in.nextInt(); left > 0; left--) {
            woman.free.add(new Window(in.nextInt(), in.nextInt()));
        }
        return woman;
    }

    static Group group(Scanner in, int id, Map<Integer, Room> rooms) {
        Group group = new Group();
        group.id = id;
        group.professional = in.nextInt();
        group.owner = in.nextInt();
        group.least = in.nextInt();
        group.most = in.nextInt();
        group.sessions = in.nextInt();
        group.minutes = in.nextInt();
        group.daysApart = in.nextInt();
        group.weight = in.nextInt();
        for (int left = in.nextInt(); left > 0; left--) {
            group.spots.add(new Spot(in.nextInt(), rooms.get(in.nextInt())));
        }
        return group;
    }

    public static void main(String[] arguments) {
        Sheet asked = read(new Scanner(System.in));
        SolverConfig config = new SolverConfig()
            .withSolutionClass(Sheet.class)
            .withEntityClasses(Seat.class, Sitting.class)
            .withConstraintProviderClass(Rules.class)
            .withTerminationSpentLimit(Duration.ofSeconds(Long.parseLong(arguments[0])));
        Solver<Sheet> solver = SolverFactory.<Sheet>create(config).buildSolver();
        Sheet found = solver.solve(asked);
        System.out.println("score " + found.score);
        System.out.println("speed " + ((DefaultSolver<Sheet>) solver).getMoveEvaluationSpeed());
        for (Seat seat : found.seats) {
            if (seat.getGroup() != null) {
                System.out.println("seat " + seat.id + " " + seat.getGroup().id);
            }
        }
        for (Sitting one : found.sittings) {
            if (one.getSpot() != null) {
                System.out.println("sitting " + one.group.id + " " + one.start() + " " + one.spot.room.id);
            }
        }
    }
}
