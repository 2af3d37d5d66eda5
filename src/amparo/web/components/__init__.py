"""The parts that pages are made of: partials, form rendering, form fields and widgets."""
