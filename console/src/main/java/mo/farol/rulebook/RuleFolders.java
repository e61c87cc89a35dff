package mo.farol.rulebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.folder.Stamps;

/**
 * Where rules lie.
 *
 * @param home {@code rules} of the home: {@code sigma} below it, the data of the site beside
 * @param others further folders
 * @param shipped the rule book that comes with Farol: what the others hold wins over it
 */
public record RuleFolders(Path home, List<Path> others, Optional<Path> shipped) {
  private static final int DEPTH = 20;

  public RuleFolders {
    others = List.copyOf(others);
  }

  /** Where published rules are written. */
  Path own() {
    return home.resolve("sigma");
  }

  /** Those that are there, the home's own first. */
  List<Path> all() {
    var all = new ArrayList<>(named());
    all.removeIf(folder -> !Files.isDirectory(folder));
    return all;
  }

  /** A file as people know it: below its folder. */
  String name(Path file) {
    if (shipped.filter(file::startsWith).isPresent()) {
      return "book/" + shipped.get().relativize(file);
    }
    return file.startsWith(home) ? home.relativize(file).toString() : file.toString();
  }

  /** All of them, whether they are there or not. */
  List<Path> named() {
    var named = new ArrayList<Path>();
    named.add(own());
    named.addAll(others);
    shipped.ifPresent(named::add);
    return named;
  }

  /** Whether a file lies where people of the site put rules. */
  boolean isOfSite(Path file) {
    return file.startsWith(own()) || others.stream().anyMatch(file::startsWith);
  }

  /** The file that people know by a name; not one that comes with Farol. */
  Path path(String name) {
    var path = Path.of(name);
    return others.stream().anyMatch(path::startsWith) ? path : home.resolve(path);
  }

  /** All that may change while Farol runs, with size and time. */
  Stamps stamps() throws IOException {
    // beside the rules the data of the site; what else lies there is others'
    var stamps = new Stamps().with(home, 1, RuleFolders::isYaml);
    stamps.with(own(), DEPTH, RuleFolders::isYaml);
    for (Path folder : others) {
      stamps.with(folder, DEPTH, RuleFolders::isYaml);
    }
    return stamps;
  }

  static boolean isYaml(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }
}
