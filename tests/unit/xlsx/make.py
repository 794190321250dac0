#!/usr/bin/python3
"""Writes the workbooks beside it, with openpyxl, a writer that shares no code with the reader under test.
They are kept, so that the unit tests need no Python; run it again only to add one."""
import datetime
import os
import unicodedata

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

here = os.path.dirname(os.path.abspath(__file__))


def save(book, name):
    book.save(os.path.join(here, name))


# A table as people make it: titles, a header two rows high, hidden rows, all sorts of cells.
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Danh sách"
sheet["A1"] = "DANH SÁCH CÁN BỘ"
sheet.merge_cells("A1:F1")
sheet["A3"] = "Mã"
sheet.merge_cells("A3:A4")
sheet["B3"] = "Ngày"
sheet.merge_cells("B3:C3")
sheet["B4"], sheet["C4"] = "Sinh", "Vào"
sheet["D3"] = "Số"
sheet.merge_cells("D3:D4")
sheet["A5"], sheet["B5"], sheet["C5"], sheet["D5"] = "CB-1", datetime.date(1990, 2, 28), "28/02/2015", 7
sheet["A6"], sheet["B6"], sheet["D6"] = unicodedata.normalize("NFD", " Nguyễn "), 32932, 1.5
sheet["A7"], sheet["B7"], sheet["C7"] = "ẩn", datetime.datetime(2020, 1, 1, 8, 30), True
sheet.row_dimensions[7].hidden = True
sheet["A9"], sheet["B9"] = "=1+1", "#N/A"
sheet["B9"].data_type = "e"
sheet["C9"] = "'=kept"
sheet["D9"] = -3
save(book, "table.xlsx")

book = openpyxl.Workbook()
book.epoch = CALENDAR_MAC_1904
book.active["A1"] = datetime.date(2022, 10, 1)
book.active["A2"] = datetime.date(1904, 1, 2)
save(book, "epoch_1904.xlsx")

book = openpyxl.Workbook()
book.active.title = "Kín"
book.active["A1"] = "hidden"
book.active.sheet_state = "hidden"
book.create_sheet("Mở")["A1"] = "visible"
book.create_sheet("Sau & cùng")["B2"] = "last"
book.active = 1
save(book, "sheets.xlsx")

# As such text is stored: the 8-bit characters as Latin-1, shown by their fonts.
book = openpyxl.Workbook()
sheet = book.active
for row, (font, text) in enumerate([
        (".VnTime", "D©n vËn"), (".VnTimeH", "D©n vËn"), ("VNI-Times", "Daân vaän"), ("Times New Roman", "Dân vận"),
        (".VnTime", "Dân vận")], 1):
    sheet.cell(row, 1, text).font = Font(name=font)
save(book, "fonts.xlsx")

# For tests/api/api_imports.c: ratings, with a title above, titles for headers, and all sorts of cells.
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["BẢNG XẾP LOẠI NĂM 2004"])
sheet.merge_cells("A1:F1")
sheet.append([])
sheet.append(["unit_code", "Năm", "Thang xếp loại", "Mã xếp loại", "Ngày xếp loại", "Ghi chú"])
sheet.append(["phunu-689", 2004, "five_grades", "good", datetime.date(2004, 12, 31), "=SUM"])
sheet["F4"].data_type = "s"
sheet.append(["phunu-692", 2004, "five_grades", "fair", "15/12/2004", unicodedata.normalize("NFD", "Lộc Ninh")])
sheet.row_dimensions[5].hidden = True
save(book, "ratings.xlsx")
sheet["F5"] = "§Æt yªu cÇu"
sheet["B4"] = "2.004"
sheet["E5"] = datetime.datetime(2004, 12, 15, 7, 30)
save(book, "ratings_faults.xlsx")
