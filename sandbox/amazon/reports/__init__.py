"""Reports: the merchant listings report and the Reports API."""
