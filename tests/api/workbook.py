#!/usr/bin/python3
"""Prints the workbook on standard input as JSON: openpyxl is a reader that shares no code with the writer under test.

{"sheets": [{"name", "frozen", "filter", "hidden": [letter, …], "header": {"bold", "wrapped"}, "rows": [[value, …], …]}]}
"""
import datetime
import io
import json
import sys

import openpyxl


def plain(cell):
    value = cell.value
    if isinstance(value, datetime.datetime):
        return value.isoformat() if "h" in cell.number_format else value.date().isoformat()
    return value


def told(sheet):
    first = sheet["A1"]
    return {
        "name": sheet.title,
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "hidden": [letter for letter, column in sheet.column_dimensions.items() if column.hidden],
        "header": {"bold": first.font.b, "wrapped": first.alignment.wrap_text},
        "rows": [[plain(cell) for cell in row] for row in sheet.iter_rows()],
    }


book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
json.dump({"sheets": [told(sheet) for sheet in book.worksheets]}, sys.stdout, ensure_ascii=False)
