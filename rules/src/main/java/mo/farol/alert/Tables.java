package mo.farol.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The decision tables of some folders.
 *
 * @param tables by file name
 * @param faults what of them is not in force
 */
record Tables(List<DecisionTable> tables, List<DrlFault> faults) {
  Tables {
    tables = List.copyOf(tables);
    faults = List.copyOf(faults);
  }

  static Tables read(List<Path> folders) {
    var tables = new ArrayList<DecisionTable>();
    var faults = new ArrayList<DrlFault>();
    for (Path folder : folders) {
      try (var files = Files.walk(folder, 4)) {
        for (Path file : files.filter(SheetFile::isOne).sorted().toList()) {
          read(folder.relativize(file).toString(), file, tables, faults);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("can't read the decision tables in " + folder, e);
      }
    }
    return new Tables(tables, faults);
  }

  private static void read(
      String name, Path file, List<DecisionTable> tables, List<DrlFault> faults) {
    try {
      String version = Digests.sha256(Files.readAllBytes(file)).substring(0, 12);
      for (var sheet : SheetFile.read(file)) {
        String title = sheet.name().isEmpty() ? name : name + " " + sheet.name();
        tables.add(TableReader.read(title, version, sheet, faults));
      }
    } catch (SheetFile.Refused e) {
      faults.add(e.in(name));
    } catch (IOException e) {
      faults.add(new DrlFault(name, 0, "can't be read: " + e.getMessage()));
    }
  }
}
