package mo.farol.sigma;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All rules of some folders: what compiled and what was refused.
 *
 * @param rules in the order of their paths
 * @param correlations with every name resolved, those referred to before those that refer
 * @param refusals in the order of their paths
 * @param filters that compiled, whether they apply to a rule or not, in the order of their paths;
 *     those in shadow with them, which apply to no rule in force
 * @param remarks on what compiled and yet may not do what was meant
 */
public record RuleBook(
    List<SigmaRule> rules,
    List<SigmaCorrelation> correlations,
    List<Refusal> refusals,
    List<SigmaFilter> filters,
    List<Remark> remarks) {
  /** One without any rule. */
  public static final RuleBook EMPTY =
      new RuleBook(List.of(), List.of(), List.of(), List.of(), List.of());

  public RuleBook {
    rules = List.copyOf(rules);
    correlations = List.copyOf(correlations);
    refusals = List.copyOf(refusals);
    filters = List.copyOf(filters);
    remarks = List.copyOf(remarks);
  }

  /** How many rules there are, correlations, filters and those in shadow left out. */
  public long inForce() {
    return rules.stream().filter(rule -> !Shadow.is(rule.ref().id())).count();
  }

  /**
   * Reads every {@code *.yml} and {@code *.yaml} below the folders. A file that is wrong becomes a
   * refusal.
   */
  public static RuleBook load(List<Path> folders) {
    return load(folders, Placeholders.NONE);
  }

  /**
   * Reads every {@code *.yml} and {@code *.yaml} below the folders. A filter applies to rules of
   * every folder, whatever was read first.
   *
   * @param folders or single files, which may have any name
   * @param placeholders values for {@code expand}
   */
  public static RuleBook load(List<Path> folders, Placeholders placeholders) {
    return load(folders, placeholders, RuleTexts.NONE);
  }

  /** The same with texts beside those of the folders. */
  public static RuleBook load(List<Path> folders, Placeholders placeholders, RuleTexts texts) {
    return load(folders, placeholders, texts, new KnownFiles());
  }

  /** The same; files that did not change since the last call with these are not read again. */
  public static RuleBook load(
      List<Path> folders, Placeholders placeholders, RuleTexts texts, KnownFiles known) {
    known.begin(placeholders);
    var book = new BookReader(texts, known).read(folders);
    known.end();
    return book;
  }

  /**
   * Reads one text, whose correlations may also refer to rules of another book: those, with all
   * that they refer to in turn, are in the book that comes of it. What the text says under an id
   * takes the place of what the other has there; rules in shadow are not referred to.
   *
   * @param name what refusals call the text
   */
  public static RuleBook beside(RuleBook other, Path name, String text, Placeholders placeholders) {
    var known = new KnownFiles();
    known.begin(placeholders);
    return new BookReader(RuleTexts.NONE, known).beside(other, name, text);
  }

  /** The rules and correlations of these ids, with all that they refer to; filters are applied. */
  public RuleBook only(Set<String> ids) {
    return new Referred(this).of(ids);
  }

  /** The same rules, with the versions they have where words stand for what {@code names} says. */
  public RuleBook under(Names names) {
    return versioned(new Meanings(this, names));
  }

  /** The same rules, with the versions that these meanings give them. */
  public RuleBook versioned(Meanings meanings) {
    return new RuleBook(
        rules.stream().map(rule -> rule.versioned(meanings::version)).toList(),
        correlations.stream().map(each -> each.versioned(meanings::version)).toList(),
        refusals,
        filters.stream().map(filter -> filter.versioned(meanings::version)).toList(),
        remarks);
  }

  /**
   * Ids of rules that only serve a correlation: it refers to them and doesn't say {@code generate}.
   * Their detections count but stand for nothing by themselves. A rule marked as a fact is not
   * among them, nor one in force that only a rule in shadow refers to.
   */
  public Set<String> servants() {
    Set<String> facts =
        rules.stream()
            .filter(SigmaRule::fact)
            .map(rule -> rule.ref().id())
            .collect(Collectors.toSet());
    return correlations.stream()
        .filter(correlation -> !correlation.generate())
        .flatMap(
            each ->
                each.rules().stream().filter(id -> Shadow.is(id) || !Shadow.is(each.ref().id())))
        .filter(id -> !facts.contains(id))
        .collect(Collectors.toUnmodifiableSet());
  }
}
