"""What states offer, for readers without a case; and the rules that the organisation goes by."""
