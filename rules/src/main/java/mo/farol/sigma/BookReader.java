package mo.farol.sigma;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Walks folders and reads what it finds; a broken file costs nobody but itself. */
final class BookReader {
  private static final int FILE_LIMIT = 2 << 20;
  private static final int FOLDER_DEPTH = 20;

  private final RuleTexts texts;
  private final KnownFiles known;
  private final List<SigmaRule> rules = new ArrayList<>();
  private final List<SigmaCorrelation> correlations = new ArrayList<>();
  private final List<SigmaFilter> filters = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final LinkPlaces places = new LinkPlaces();
  private final Map<String, Path> seen = new HashMap<>();

  BookReader(RuleTexts texts, KnownFiles known) {
    this.texts = texts;
    this.known = known;
  }

  RuleBook read(List<Path> folders) {
    folders.forEach(this::folder);
    new TreeMap<>(texts.shadows()).forEach(this::shadow);
    var resolved = new CorrelationLinks(rules, List.of(), correlations, refusals, places).resolve();
    var filtered = new FilterLinks(filters, correlations, remarks).apply(rules);
    return new RuleBook(filtered, resolved, refusals, filters, remarks).under(Names.AS_WRITTEN);
  }

  /** Reads one text whose correlations may refer to rules of another book. */
  RuleBook beside(RuleBook other, Path name, String text) {
    text(name, text, false);
    var wanted = new HashSet<String>();
    correlations.forEach(each -> wanted.addAll(each.rules()));
    rules.forEach(each -> wanted.remove(each.name()));
    correlations.forEach(each -> wanted.remove(each.name()));
    var referred = new Referred(other).named(wanted, seen.keySet());
    var all = Stream.concat(rules.stream(), referred.rules().stream()).toList();
    var before = referred.correlations();
    var resolved = new CorrelationLinks(all, before, correlations, refusals, places).resolve();
    var filtered = new FilterLinks(filters, correlations, remarks).apply(rules);
    return new RuleBook(
            Stream.concat(filtered.stream(), referred.rules().stream()).toList(),
            Stream.concat(before.stream(), resolved.stream()).toList(),
            refusals,
            filters,
            remarks)
        .under(Names.AS_WRITTEN);
  }

  private void folder(Path folder) {
    if (texts.alone()) {
      given(folder).sorted().forEach(this::file);
      return;
    }
    if (Files.isRegularFile(folder)) {
      file(folder);
      return;
    }
    List<Path> files;
    try {
      files = files(folder, Files.isSymbolicLink(folder) ? folder.toRealPath() : folder);
    } catch (IOException | java.io.UncheckedIOException e) {
      refusals.add(new Refusal(folder, 1, 1, "the folder can't be read: " + e.getMessage()));
      return;
    }
    files.forEach(this::file);
  }

  private Stream<Path> given(Path folder) {
    return texts.instead().keySet().stream().filter(file -> file.startsWith(folder));
  }

  /** Goes into the folder behind a link; links further in are not followed. */
  private List<Path> files(Path folder, Path real) throws IOException {
    try (var walk = Files.walk(real, FOLDER_DEPTH)) {
      var there = walk.filter(BookReader::isRule).map(file -> shown(folder, real, file));
      return Stream.concat(there, given(folder)).distinct().sorted().toList();
    }
  }

  /** A file as it is shown: under the link through which it was found. */
  private static Path shown(Path folder, Path real, Path file) {
    return folder.equals(real) ? file : folder.resolve(real.relativize(file));
  }

  private static boolean isRule(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return (name.endsWith(".yml") || name.endsWith(".yaml")) && Files.isRegularFile(path);
  }

  private void file(Path file) {
    String other = texts.instead().get(file);
    if (other != null) {
      text(file, other, false);
      return;
    }
    try {
      if (Files.size(file) > FILE_LIMIT) {
        refusals.add(new Refusal(file, 1, 1, "larger than " + FILE_LIMIT + " bytes"));
        return;
      }
      text(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8), false);
    } catch (IOException e) {
      refusals.add(new Refusal(file, 1, 1, "can't be read: " + e.getMessage()));
    }
  }

  /** A correlation in shadow counts the rules beside it, and in force those that are not there. */
  private void shadow(Path name, String text) {
    int rulesBefore = rules.size();
    int before = correlations.size();
    text(name, text, true);
    var ids = new HashMap<String, String>();
    rules.subList(rulesBefore, rules.size()).forEach(r -> own(r.ref().id(), r.name(), ids));
    var mine = correlations.subList(before, correlations.size());
    mine.forEach(c -> own(c.ref().id(), c.name(), ids));
    mine.replaceAll(c -> c.calling(ids));
  }

  private static void own(String id, String name, Map<String, String> ids) {
    ids.put(Shadow.plain(id), id);
    if (!name.isEmpty()) {
      ids.put(name, id);
    }
  }

  private void text(Path file, String text, boolean shadow) {
    for (var document : known.documents(file, text)) {
      switch (document) {
        case Document.Wrong(var refusal) -> refusals.add(refusal);
        case Document.Fit fit -> take(fit, file, shadow);
      }
    }
  }

  private void take(Document.Fit fit, Path file, boolean shadow) {
    try {
      add(fit, claim(fit, file, shadow));
      remarks.addAll(fit.remarks());
    } catch (RuleFault e) {
      refusals.add(new Refusal(file, e.line(), e.column(), e.reason(), e.isWaiting()));
    }
  }

  private void add(Document.Fit fit, String id) {
    switch (fit) {
      case Document.OfRule rule -> rules.add(rule.rule().called(id));
      case Document.OfFilter filter -> filters.add(filter.filter().called(id));
      case Document.OfCorrelation each -> {
        places.know(id, each.node());
        correlations.add(each.correlation().called(id));
      }
    }
  }

  /** The id under which a document stands in the book, which nobody else has. */
  private String claim(Document.Fit fit, Path file, boolean shadow) throws RuleFault {
    String plain = fit.ref().id();
    if (Shadow.is(plain)) {
      throw fault(fit, "an id may not begin as those of rules in shadow do");
    }
    String id = shadow ? Shadow.of(plain) : plain;
    Path other = seen.putIfAbsent(id, file);
    if (other != null) {
      throw fault(fit, "the id " + plain + " is taken by " + other);
    }
    return id;
  }

  private static RuleFault fault(Document.Fit fit, String reason) {
    return new RuleFault(fit.place().line(), fit.place().column(), reason);
  }
}
