package mo.farol.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The CSV text of a table of assets, edited row by row: what is not touched stays as people wrote
 * it, comments and columns of their own too. An asset is known by its agency, kind and value.
 */
public final class AssetTable {
  private static final String HEADER = "agency,kind,value,criticality,owner,service\n";
  private static final int LONGEST = 200;

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

  private final List<String> lines;
  private final char comma;
  private final Map<String, Integer> columns = new HashMap<>();
  private final List<Placed> rows = new ArrayList<>();

  private AssetTable(String text) {
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
    var typed = List.of(agency, kind, value, criticality, owner, service);
    if (typed.stream().anyMatch(t -> t.length() > LONGEST || t.chars().anyMatch(c -> c < ' '))) {
      throw new IllegalArgumentException("what is written is one line of up to 200 letters");
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

  /** The text with one more asset. */
  public String with(Asset asset) {
    var all = new ArrayList<>(lines);
    all.add(line(asset, new ArrayList<>()));
    return text(all);
  }

  /** The text with an asset in place of the one of its key. */
  public String changed(Asset asset) {
    var old = placed(Key.of(asset)).orElseThrow();
    var all = new ArrayList<>(lines);
    int from = old.row.number() - 1;
    all.subList(from, end(from)).clear();
    all.add(from, line(asset, new ArrayList<>(old.row.cells())));
    return text(all);
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

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
