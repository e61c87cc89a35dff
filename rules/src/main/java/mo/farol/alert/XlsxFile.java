package mo.farol.alert;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The values of an XLSX workbook (ECMA-376 part 1, section 18): shared and inline strings, figures,
 * truth values, of at most 50 sheets. Formulas, macros, links to other files, DTDs and archives
 * that unfold to more than 32 MiB are refused.
 */
final class XlsxFile {
  private static final int UNFOLDED = 32 * 1024 * 1024;
  private static final int PARTS = 500;
  private static final int SHEETS = 50;
  private static final XMLInputFactory XML = factory();

  private final Map<String, byte[]> parts;
  private final List<String> shared = new ArrayList<>();

  private XlsxFile(Map<String, byte[]> parts) {
    this.parts = parts;
  }

  static List<SheetFile.Sheet> read(byte[] bytes) throws IOException {
    try {
      var file = new XlsxFile(unfold(bytes));
      file.sharedStrings();
      return file.sheets();
    } catch (XMLStreamException e) {
      throw new SheetFile.Refused(0, "the workbook is damaged: " + firstLine(e));
    }
  }

  private static Map<String, byte[]> unfold(byte[] bytes) throws IOException {
    var parts = new HashMap<String, byte[]>();
    int left = UNFOLDED;
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().toLowerCase(Locale.ROOT);
        if (name.contains("externallink") || name.contains("vbaproject")) {
          throw new SheetFile.Refused(0, "macros and links to other files: save without them");
        }
        byte[] part = zip.readNBytes(left + 1);
        left -= part.length;
        if (left < 0 || parts.size() >= PARTS) {
          throw new SheetFile.Refused(0, "the workbook unfolds to more than 32 MiB");
        }
        if (name.endsWith(".xml") || name.endsWith(".rels")) {
          parts.put(entry.getName(), part);
        }
      }
    }
    if (!parts.containsKey("xl/workbook.xml")) {
      throw new SheetFile.Refused(0, "this is no XLSX workbook");
    }
    return parts;
  }

  private void sharedStrings() throws XMLStreamException {
    var part = parts.get("xl/sharedStrings.xml");
    if (part == null) {
      return;
    }
    var xml = reader(part);
    var text = new StringBuilder();
    while (xml.hasNext()) {
      int event = next(xml);
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("t")) {
        text.append(xml.getElementText());
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("si")) {
        shared.add(text.toString());
        text.setLength(0);
      }
    }
  }

  private List<SheetFile.Sheet> sheets() throws XMLStreamException {
    var targets = targets();
    var sheets = new ArrayList<SheetFile.Sheet>();
    var seen = new HashSet<String>();
    var xml = reader(Optional.ofNullable(parts.get("xl/workbook.xml")).orElseThrow());
    while (xml.hasNext()) {
      if (next(xml) == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("sheet")) {
        String name = attribute(xml, "name");
        String target = targets.getOrDefault(attribute(xml, "id"), "");
        String place = target.startsWith("/") ? target.substring(1) : "xl/" + target;
        var part = parts.get(place);
        if (part != null) {
          once(name, place, seen);
          sheets.add(new SheetFile.Sheet(name, rows(name, part)));
        }
      }
    }
    return sheets;
  }

  private static void once(String name, String place, Set<String> seen) {
    if (!seen.add(place)) {
      throw new SheetFile.Refused(0, "sheet '%s' is in the workbook twice".formatted(name));
    }
    if (seen.size() > SHEETS) {
      throw new SheetFile.Refused(0, "more than 50 sheets; save them in several workbooks");
    }
  }

  private Map<String, String> targets() throws XMLStreamException {
    var targets = new HashMap<String, String>();
    var part = parts.get("xl/_rels/workbook.xml.rels");
    if (part != null) {
      var xml = reader(part);
      while (xml.hasNext()) {
        if (next(xml) == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("Relationship")) {
          targets.put(attribute(xml, "Id"), attribute(xml, "Target"));
        }
      }
    }
    return targets;
  }

  private List<SheetFile.Row> rows(String sheet, byte[] part) throws XMLStreamException {
    var rows = new ArrayList<SheetFile.Row>();
    var xml = reader(part);
    var cells = new ArrayList<String>();
    int number = 0;
    while (xml.hasNext()) {
      int event = next(xml);
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("row")) {
        String given = attribute(xml, "r");
        number = given.matches("\\d{1,7}") ? Integer.parseInt(given) : number + 1;
      } else if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
        cell(xml, sheet, number, cells);
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
        if (!cells.isEmpty()) {
          SheetFile.keep(rows, new SheetFile.Row(number, List.copyOf(cells)));
        }
        cells.clear();
      }
    }
    return rows;
  }

  private void cell(XMLStreamReader xml, String sheet, int row, List<String> cells)
      throws XMLStreamException {
    String place = attribute(xml, "r");
    String type = attribute(xml, "t");
    int column = place.isEmpty() ? cells.size() : column(place);
    var value = new StringBuilder();
    while (next(xml) != XMLStreamConstants.END_ELEMENT || !xml.getLocalName().equals("c")) {
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "f" ->
              throw new SheetFile.Refused(
                  row, "sheet '%s' cell %s is a formula; write its value".formatted(sheet, place));
          case "v", "t" -> value.append(xml.getElementText());
          default -> {}
        }
      }
    }
    String text = text(type, value.toString());
    if (column >= SheetFile.COLUMNS || text.length() > SheetFile.CELL) {
      throw new SheetFile.Refused(
          row, "sheet '%s' cell %s is too far right or too long".formatted(sheet, place));
    }
    while (cells.size() < column) {
      cells.add("");
    }
    cells.add(text);
  }

  private String text(String type, String value) {
    return switch (type) {
      case "s" -> {
        int at = value.matches("\\d{1,7}") ? Integer.parseInt(value) : -1;
        yield at >= 0 && at < shared.size() ? shared.get(at) : "";
      }
      case "b" -> value.equals("1") ? "true" : "false";
      case "", "n" -> value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
      default -> value;
    };
  }

  private static int column(String place) {
    int column = 0;
    for (int i = 0; i < place.length() && i < 4 && Character.isLetter(place.charAt(i)); i++) {
      column = column * 26 + (Character.toUpperCase(place.charAt(i)) - 'A' + 1);
    }
    return column - 1;
  }

  private static String attribute(XMLStreamReader xml, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return "";
  }

  private static int next(XMLStreamReader xml) throws XMLStreamException {
    int event = xml.next();
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new SheetFile.Refused(0, "a workbook with a DTD or entities of its own");
    }
    return event;
  }

  private static XMLStreamReader reader(byte[] part) throws XMLStreamException {
    return XML.createXMLStreamReader(new ByteArrayInputStream(part));
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
