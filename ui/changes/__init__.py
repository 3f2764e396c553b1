"""What has changed since an earlier state of the plan."""
