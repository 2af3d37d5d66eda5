"""The person behind a code; her children and family."""
