package mo.farol.sigma;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What every rule of a book means, as hashes: decision record 0004.
 *
 * <p>A <i>meaning</i> is what matches or crosses. A <i>version</i> is that and what else decides
 * whether an alert comes of it: level, techniques, the tags that decisions ask for. Neither hangs
 * on title, description, comments, spaces, or the order of what has none.
 */
public final class Meanings {
  private final Names names;
  private final Map<String, String> meanings = new HashMap<>();
  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, LogSource> sources = new HashMap<>();

  /**
   * @param names what words stand for where the rules run
   */
  public Meanings(RuleBook book, Names names) {
    this.names = new KnownNames(names);
    for (var rule : book.rules()) {
      String id = rule.ref().id();
      sources.put(id, rule.logSource());
      meanings.put(id, meaning(rule.logSource(), rule.detection()));
      versions.put(id, version(id, rule.level(), rule.techniques(), rule.tags(), rule.fact()));
    }
    for (var each : book.correlations()) { // those referred to come first
      String id = each.ref().id();
      meanings.put(id, meaning(each));
      versions.put(
          id,
          version(id, each.level(), each.techniques(), each.tags(), each.fact())
              + (each.generate() ? "g" : ""));
    }
    versions.replaceAll((_, text) -> Versions.of(text));
    for (var filter : book.filters()) {
      versions.put(filter.ref().id(), version(filter));
    }
  }

  /** What a rule matches or counts; empty for an id that is not in the book. */
  public String meaning(String id) {
    return meanings.getOrDefault(id, "");
  }

  /** Its version: 12 hexadecimal digits; empty for an id that is not in the book. */
  public String version(String id) {
    return versions.getOrDefault(id, "");
  }

  /** Asked once for each word: a collection asks for the same few thousand times. */
  private static final class KnownNames implements Names {
    private final Names names;
    private final Map<LogSource, Map<String, List<String>>> fields = new HashMap<>();
    private final Map<LogSource, String> sources = new HashMap<>();

    KnownNames(Names names) {
      this.names = names;
    }

    @Override
    public List<String> field(LogSource source, String field) {
      return fields
          .computeIfAbsent(source, _ -> new HashMap<>())
          .computeIfAbsent(field, _ -> names.field(source, field));
    }

    @Override
    public String logSource(LogSource source) {
      return sources.computeIfAbsent(source, names::logSource);
    }

    @Override
    public String zone() {
      return names.zone();
    }
  }

  private String meaning(LogSource source, Expr detection) {
    return Versions.whole(
        source + "\n" + names.logSource(source) + "\n" + new Meaning(source, names).of(detection));
  }

  private String meaning(SigmaCorrelation each) {
    var text = new StringBuilder(Shadow.plain(each.meaning()));
    for (String id : each.rules()) {
      text.append('\n').append(meaning(id));
      appendNames(each, each.groupBy(), id, text);
      appendNames(each, each.fields(), id, text);
    }
    return Versions.whole(text.toString());
  }

  private void appendNames(
      SigmaCorrelation each, List<String> fields, String rule, StringBuilder into) {
    var source = sources.getOrDefault(rule, new LogSource("", "", ""));
    fields.forEach(f -> into.append(' ').append(names.field(source, each.field(f, rule))));
  }

  private String version(
      String id, Level level, List<String> techniques, List<String> tags, boolean fact) {
    var ours = tags.stream().filter(tag -> tag.startsWith("farol.")).toList();
    return meaning(id)
        + "\n"
        + level.word()
        + Meaning.set(techniques).toUpperCase(Locale.ROOT)
        + Meaning.set(ours)
        + (fact ? "fact" : "");
  }

  private String version(SigmaFilter filter) {
    return Versions.of(
        filter.logSource()
            + "\n"
            + Meaning.set(filter.rules())
            + "\n"
            + new Meaning(filter.logSource(), names).of(filter.keeps()));
  }
}
