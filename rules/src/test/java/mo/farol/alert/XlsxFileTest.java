package mo.farol.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks as spreadsheets write them, and as they had better not. */
class XlsxFileTest {
  private static final String WORKBOOK =
      """
      <workbook xmlns="x" xmlns:r="r"><sheets><sheet name="Night" sheetId="1" r:id="rId1"/></sheets>
      </workbook>\
      """;
  private static final String RELS =
      """
      <Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>\
      """;
  private static final String SHEET =
      """
      <worksheet><sheetData>
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>asset</t></is></c>
      <c r="D1" t="s"><v>1</v></c></row>
      <row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>4</v></c><c r="D3" t="s"><v>3</v></c></row>
      </sheetData></worksheet>\
      """;
  private static final String STRINGS =
      """
      <sst><si><t>rule</t></si><si><r><t>set </t></r><r><t>level</t></r></si><si><t>web-shell</t></si>
      <si><t>critical</t></si></sst>\
      """;

  @TempDir private Path folder;
  private final Map<String, String> parts = new LinkedHashMap<>();

  XlsxFileTest() {
    parts.put("xl/workbook.xml", WORKBOOK);
    parts.put("xl/_rels/workbook.xml.rels", RELS);
    parts.put("xl/sharedStrings.xml", STRINGS);
    parts.put("xl/worksheets/sheet1.xml", SHEET);
  }

  @Test
  void a_workbook_is_a_table_a_sheet() throws IOException {
    Files.write(folder.resolve("night.xlsx"), zip());
    var book = DecisionBook.shippedWith(folder);

    assertThat(book.faults()).isEmpty();
    assertThat(book.rules()).extracting(r -> r.id()).contains("night.xlsx Night row 3");
  }

  @Test
  void a_formula_is_refused_with_its_cell() {
    parts.put("xl/worksheets/sheet1.xml", SHEET.replace("<v>4</v>", "<f>1+3</f><v>4</v>"));
    assertThatThrownBy(() -> XlsxFile.read(zip()))
        .isInstanceOf(SheetFile.Refused.class)
        .hasMessageContaining("sheet 'Night' cell B3 is a formula");
  }

  @Test
  void macros_links_entities_and_bombs_are_refused() throws IOException {
    parts.put("xl/vbaProject.bin", "x");
    refused("macros");
    parts.remove("xl/vbaProject.bin");
    parts.put("xl/externalLinks/externalLink1.xml", "<x/>");
    refused("links to other files");
    parts.remove("xl/externalLinks/externalLink1.xml");
    parts.put("xl/media/zeros.xml", "0".repeat(33 * 1024 * 1024));
    refused("unfolds to more than");
    parts.remove("xl/media/zeros.xml");
    parts.put(
        "xl/sharedStrings.xml",
        "<!DOCTYPE sst [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst><si><t>&a;</t></si></sst>");
    assertThatThrownBy(() -> XlsxFile.read(zip())).isInstanceOf(SheetFile.Refused.class);
    assertThatThrownBy(() -> XlsxFile.read("no zip".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(SheetFile.Refused.class);
  }

  @Test
  void a_sheet_named_again_and_more_than_fifty_are_refused() {
    String sheet = "<sheet name=\"Night\" sheetId=\"1\" r:id=\"rId1\"/>";
    parts.put("xl/workbook.xml", WORKBOOK.replace(sheet, sheet + sheet));
    refused("is in the workbook twice");

    var sheets = new StringBuilder();
    var relations = new StringBuilder();
    for (int i = 0; i < 51; i++) {
      sheets.append("<sheet name=\"S%d\" r:id=\"r%d\"/>".formatted(i, i));
      relations.append("<Relationship Id=\"r%d\" Target=\"s%d.xml\"/>".formatted(i, i));
      parts.put("xl/s" + i + ".xml", SHEET);
    }
    parts.put("xl/workbook.xml", WORKBOOK.replace(sheet, sheets));
    parts.put("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
    refused("more than 50 sheets");
  }

  private void refused(String words) {
    assertThatThrownBy(() -> XlsxFile.read(zip()))
        .isInstanceOf(SheetFile.Refused.class)
        .hasMessageContaining(words);
  }

  private byte[] zip() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
