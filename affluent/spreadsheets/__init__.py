"""Tables as files of separated values, such as spreadsheets read and write them."""
