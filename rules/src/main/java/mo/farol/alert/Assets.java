package mo.farol.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What agencies have, read from a table with the columns agency, kind ({@code host}, {@code user},
 * {@code network}), value, criticality, owner, service. Immutable.
 */
public final class Assets {
  private static final List<String> COLUMNS =
      List.of("agency", "kind", "value", "criticality", "owner", "service");

  /** Columns without which a table says nothing. */
  static final List<String> NEEDED = COLUMNS.subList(0, 4);

  /** None known. */
  public static final Assets NONE = new Assets(List.of(), List.of());

  private final List<Asset> all;
  private final List<DrlFault> faults;
  private final Map<String, Asset> named = new HashMap<>();
  private final List<Asset> patterns = new ArrayList<>();

  private Assets(List<Asset> all, List<DrlFault> faults) {
    this.all = List.copyOf(all);
    this.faults = List.copyOf(faults);
    for (var asset : all) {
      if (asset.kind() == Asset.Kind.NETWORK || asset.value().contains("*")) {
        patterns.add(asset);
      } else {
        named.merge(
            key(asset.agency(), asset.kind(), asset.value()),
            asset,
            (a, b) -> a.criticality() >= b.criticality() ? a : b);
      }
    }
  }

  /** Reads a CSV or XLSX file; what is wrong with a row is a fault, the others hold. */
  public static Assets read(Path file) {
    if (!Files.exists(file)) {
      return NONE;
    }
    var assets = new ArrayList<Asset>();
    var faults = new ArrayList<DrlFault>();
    String name = String.valueOf(file.getFileName());
    try {
      for (var sheet : SheetFile.read(file)) {
        rows(name, sheet, assets, faults);
      }
    } catch (IOException e) {
      faults.add(new DrlFault(name, 0, "can't be read: " + e.getMessage()));
    } catch (SheetFile.Refused e) {
      faults.add(e.in(name));
    }
    return new Assets(assets, faults);
  }

  /** Of these assets. */
  public static Assets of(List<Asset> assets) {
    return new Assets(assets, List.of());
  }

  /** All, as the file has them. */
  public List<Asset> all() {
    return all;
  }

  /** What was wrong with the file, row by row. */
  public List<DrlFault> faults() {
    return faults;
  }

  /** The most critical of what an alert of an agency is about. */
  public Optional<Asset> of(String agency, List<Alert.Entity> entities) {
    return entities.stream()
        .flatMap(entity -> one(agency, entity).stream())
        .max(Comparator.comparingInt(Asset::criticality));
  }

  private Optional<Asset> one(String agency, Alert.Entity entity) {
    var found = new ArrayList<Asset>();
    for (var kind : Asset.Kind.values()) {
      if (kind.isOf(entity.field())) {
        for (String of : List.of(agency, "*")) {
          Optional.ofNullable(named.get(key(of, kind, entity.value()))).ifPresent(found::add);
        }
      }
    }
    patterns.stream().filter(asset -> asset.fits(agency, entity)).forEach(found::add);
    return found.stream().max(Comparator.comparingInt(Asset::criticality));
  }

  private static String key(String agency, Asset.Kind kind, String value) {
    String name = kind == Asset.Kind.HOST ? Hosts.shortName(value) : value.toLowerCase(Locale.ROOT);
    return agency + "\u001f" + kind + "\u001f" + name;
  }

  private static void rows(
      String file, SheetFile.Sheet sheet, List<Asset> to, List<DrlFault> faults) {
    var columns = new HashMap<String, Integer>();
    for (var row : sheet.rows()) {
      if (columns.isEmpty()) {
        header(file, row, columns, faults);
        if (columns.isEmpty()) {
          return;
        }
      } else {
        row(file, row, columns, to, faults);
      }
    }
  }

  private static void header(
      String file, SheetFile.Row row, Map<String, Integer> columns, List<DrlFault> faults) {
    for (int i = 0; i < row.cells().size(); i++) {
      columns.put(column(row.cells().get(i)), i);
    }
    if (!columns.keySet().containsAll(NEEDED)) {
      faults.add(
          new DrlFault(
              file, row.number(), "the first row names the columns " + String.join(", ", COLUMNS)));
      columns.clear();
    }
  }

  private static void row(
      String file,
      SheetFile.Row row,
      Map<String, Integer> columns,
      List<Asset> to,
      List<DrlFault> faults) {
    String wrong = wrong(row, columns);
    if (wrong.isEmpty()) {
      asset(row, columns).ifPresent(to::add);
    } else {
      faults.add(new DrlFault(file, row.number(), wrong));
    }
  }

  /** The asset of a row; empty where something is wrong with it. */
  static Optional<Asset> asset(SheetFile.Row row, Map<String, Integer> columns) {
    return wrong(row, columns).isEmpty()
        ? Optional.of(
            new Asset(
                cell(row, columns, "agency"),
                Asset.Kind.valueOf(cell(row, columns, "kind").toUpperCase(Locale.ROOT)),
                cell(row, columns, "value"),
                Integer.parseInt(cell(row, columns, "criticality")),
                cell(row, columns, "owner"),
                cell(row, columns, "service")))
        : Optional.empty();
  }

  /** What is wrong with a row; empty where nothing is. */
  static String wrong(SheetFile.Row row, Map<String, Integer> columns) {
    return wrong(
        cell(row, columns, "agency"),
        cell(row, columns, "kind").toUpperCase(Locale.ROOT),
        cell(row, columns, "value"),
        cell(row, columns, "criticality"));
  }

  /** The name of a column as a header has it. */
  static String column(String cell) {
    return cell.strip().toLowerCase(Locale.ROOT);
  }

  private static String wrong(String agency, String kind, String value, String criticality) {
    if (agency.isEmpty() || value.isEmpty()) {
      return "agency and value are needed; * is every agency";
    }
    if (!kind.matches("HOST|USER|NETWORK")) {
      return "kind is host, user or network";
    }
    if (!criticality.matches("[1-5]")) {
      return "criticality is 1 to 5";
    }
    return kind.equals("NETWORK") && !Patterns.isNetwork(value)
        ? "a network is written 10.0.0.0/8"
        : "";
  }

  private static String cell(SheetFile.Row row, Map<String, Integer> columns, String name) {
    int at = columns.getOrDefault(name, Integer.MAX_VALUE);
    return at < row.cells().size() ? row.cells().get(at).strip() : "";
  }
}
