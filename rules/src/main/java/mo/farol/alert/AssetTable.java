package mo.farol.alert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The CSV text of a table of assets, edited row by row: what is not touched stays as people wrote
 * it, comments and columns of their own too. An asset is known by its agency, kind and value.
 */
public final class AssetTable {
  private static final String HEADER = "agency,kind,value,criticality,owner,service\n";
  private static final int LONGEST = 200;
  private static final String MARK = "\ufeff";

  // What spreadsheets take for the begin of a formula, also where they cut at the other separator.
  private static final Pattern FORMULA = Pattern.compile("(^|[,;])[\\s\"]*[=+\\-@＝＋－＠]");

  /** Which asset. */
  public record Key(String agency, Asset.Kind kind, String value) {
    /** What an asset is known by. */
    public static Key of(Asset asset) {
      return new Key(asset.agency(), asset.kind(), asset.value());
    }

    /** Such as {@code finance host pay-01}. */
    @Override
    public String toString() {
      return "%s %s %s".formatted(agency, kind.name().toLowerCase(Locale.ROOT), value);
    }
  }

  private record Placed(SheetFile.Row row, Asset asset) {}

  private final String mark;
  private final List<String> lines;
  private final char comma;
  private final Map<String, Integer> columns = new HashMap<>();
  private final List<Placed> rows = new ArrayList<>();

  private AssetTable(String marked) {
    mark = marked.startsWith(MARK) ? MARK : "";
    String text = marked.substring(mark.length());
    SheetFile.mustFit(marked.getBytes(StandardCharsets.UTF_8).length);
    String whole = text.isBlank() ? HEADER : text;
    lines = new ArrayList<>(List.of(whole.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    comma = SheetFile.separator(whole);
    var read = SheetFile.csv(whole);
    if (!read.isEmpty()) {
      header(read.getFirst());
    }
    if (!columns.keySet().containsAll(Assets.NEEDED)) {
      throw new IllegalArgumentException("the table does not name its columns; mend it first");
    }
    for (var row : read.subList(1, read.size())) {
      Assets.asset(row, columns).ifPresent(asset -> rows.add(new Placed(row, asset)));
    }
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException where it is no table
   */
  public static AssetTable of(String text) {
    try {
      return new AssetTable(text);
    } catch (SheetFile.Refused e) {
      throw new IllegalArgumentException("mend the table first: " + e.getMessage(), e);
    }
  }

  /**
   * An asset of what people typed.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Asset asset(
      String agency, String kind, String value, String criticality, String owner, String service) {
    var cells = List.of(agency, kind, value, criticality, owner, service);
    for (String cell : cells) {
      if (FORMULA.matcher(cell).find()) {
        throw new IllegalArgumentException(
            "what begins with = + - or @, also after a comma or semicolon,"
                + " is a formula to spreadsheets that open the table; put a letter or digit first");
      }
    }
    return read(cells);
  }

  /**
   * What people typed of an asset that is there, however its file was written.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Key key(String agency, String kind, String value) {
    return Key.of(read(List.of(agency, kind, value, "1", "", "")));
  }

  private static Asset read(List<String> typed) {
    if (typed.stream()
        .anyMatch(t -> t.length() > LONGEST || t.codePoints().anyMatch(AssetTable::isNoLetter))) {
      throw new IllegalArgumentException(
          "what is written is one line of up to 200 letters, without tabs");
    }
    var cells = typed.stream().map(String::strip).toList();
    var places = new HashMap<String, Integer>();
    for (String name : HEADER.strip().split(",", -1)) {
      places.put(name, places.size());
    }
    var row = new SheetFile.Row(1, cells);
    String wrong = Assets.wrong(row, places);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(wrong);
    }
    return Assets.asset(row, places).orElseThrow();
  }

  /** The asset of a key. */
  public Optional<Asset> find(Key key) {
    return placed(key).map(Placed::asset);
  }

  /** How many rows an agency has. */
  public long count(String agency) {
    return rows.stream().filter(each -> each.asset.agency().equals(agency)).count();
  }

  /**
   * The text with one more asset.
   *
   * @throws IllegalArgumentException where it could not be read again, such as of too many rows
   */
  public String with(Asset asset) {
    var all = new ArrayList<>(lines);
    all.add(line(asset, new ArrayList<>()));
    return readable(all, asset);
  }

  /** The text with an asset in place of the one of its key; throws as {@link #with}. */
  public String changed(Asset asset) {
    var old = placed(Key.of(asset)).orElseThrow();
    var all = new ArrayList<>(lines);
    int from = old.row.number() - 1;
    all.subList(from, end(from)).clear();
    all.add(from, line(asset, new ArrayList<>(old.row.cells())));
    return readable(all, asset);
  }

  /** The text without the assets of a key. */
  public String without(Key key) {
    var all = new ArrayList<>(lines);
    for (var each : rows.reversed()) {
      if (Key.of(each.asset).equals(key)) {
        int from = each.row.number() - 1;
        all.subList(from, end(from)).clear();
      }
    }
    return text(all);
  }

  private Optional<Placed> placed(Key key) {
    return rows.stream().filter(each -> Key.of(each.asset).equals(key)).findFirst();
  }

  private void header(SheetFile.Row row) {
    for (int i = 0; i < row.cells().size(); i++) {
      columns.put(Assets.column(row.cells().get(i)), i);
    }
  }

  // A row ends where its quotes do.
  private int end(int from) {
    long quotes = 0;
    for (int i = from; i < lines.size(); i++) {
      quotes += lines.get(i).chars().filter(c -> c == '"').count();
      if (quotes % 2 == 0) {
        return i + 1;
      }
    }
    return lines.size();
  }

  private String line(Asset asset, List<String> cells) {
    int width = columns.values().stream().max(Integer::compare).orElse(0) + 1;
    while (cells.size() < width) {
      cells.add("");
    }
    put(cells, "agency", asset.agency());
    put(cells, "kind", asset.kind().name().toLowerCase(Locale.ROOT));
    put(cells, "value", asset.value());
    put(cells, "criticality", Integer.toString(asset.criticality()));
    put(cells, "owner", asset.owner());
    put(cells, "service", asset.service());
    return cells.stream().map(this::quoted).collect(Collectors.joining(String.valueOf(comma)));
  }

  private void put(List<String> cells, String column, String value) {
    var at = columns.get(column);
    if (at != null) {
      cells.set(at, value);
    } else if (!value.isEmpty()) {
      throw new IllegalArgumentException("the table has no column '" + column + "'");
    }
  }

  private String quoted(String cell) {
    boolean plain =
        cell.indexOf(comma) < 0
            && cell.indexOf('"') < 0
            && cell.indexOf('\n') < 0
            && cell.indexOf('\r') < 0
            && !cell.startsWith("#");
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private String readable(List<String> lines, Asset asset) {
    String text = text(lines);
    try {
      if (new AssetTable(text).find(Key.of(asset)).filter(asset::equals).isPresent()) {
        return text;
      }
    } catch (SheetFile.Refused e) {
      throw new IllegalArgumentException(
          "the table of assets has no room for it: %s; take out what is needed no more"
              .formatted(e.getMessage()),
          e);
    }
    throw new IllegalArgumentException(
        "the table would not say it again when it is read; write it in other letters");
  }

  private String text(List<String> lines) {
    return mark + String.join("\n", lines) + "\n";
  }

  private static boolean isNoLetter(int c) {
    return c < ' ' || Character.getType(c) == Character.SURROGATE;
  }
}
