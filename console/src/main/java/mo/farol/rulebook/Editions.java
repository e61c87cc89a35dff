package mo.farol.rulebook;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Micros;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.RuleHead;
import mo.farol.sigma.RuleRef;
import mo.farol.sigma.Shadow;
import org.jdbi.v3.core.Handle;

/** Every version of every rule that ever was in force, kept in the ledger. */
public final class Editions {
  private static final int TOLD = 50;

  /** Who says that a rule is to be in force, where it is not its file alone. */
  record Publisher(String name, String why) {
    static final Publisher FILE = new Publisher("", "");
  }

  private record Key(String rule, String version) {}

  private record Change(String rule, String before, String now) {}

  private final Ledger ledger;
  private final Deeds deeds;

  Editions(Ledger ledger, Deeds deeds) {
    this.ledger = ledger;
    this.deeds = deeds;
  }

  /** All versions of a rule, the newest first. */
  public List<Edition> of(String rule) {
    return ledger.read(
        h ->
            h.createQuery(
                    """
                    select * from rule_version where rule = ?
                    order by last_at is not null, coalesce(last_at, first_at) desc, number desc
                    """)
                .bind(0, rule)
                .map(Edition::of)
                .list());
  }

  /** One version; empty where it never was in force. */
  public Optional<Edition> find(String rule, String version) {
    return ledger.read(
        h ->
            h.createQuery("select * from rule_version where rule = ? and version = ?")
                .bind(0, rule)
                .bind(1, version)
                .map(Edition::of)
                .findOne());
  }

  /** Whether nothing ever was in force. */
  boolean isEmpty() {
    return ledger.read(
        h ->
            h.createQuery("select count(*) from (select 1 from rule_version limit 1)")
                    .mapTo(Long.class)
                    .one()
                == 0);
  }

  /** Texts of files as they were last in force, by the name of the file. */
  Map<String, String> texts() {
    return ledger.read(
        h ->
            h
                .createQuery("select distinct file, text from rule_version where last_at is null")
                .map((rs, _) -> Map.entry(rs.getString(1), rs.getString(2)))
                .list()
                .stream()
                .collect(
                    java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a)));
  }

  /**
   * Takes note of what is in force now: what is new comes in, what is no more goes. Each change but
   * those of a first start is a deed.
   */
  void inForce(ReadRules read, RuleBook book, RuleFolders folders, Publisher by, Instant now) {
    var current = new LinkedHashMap<Key, Edition>();
    each(book, read.texts(), folders, by, now)
        .forEach(e -> current.put(new Key(e.rule(), e.version()), e));
    ledger.change(
        h -> {
          var standing = standing(h);
          boolean isFirst = standing.isEmpty();
          var changes = new ArrayList<Change>();
          var before = new HashMap<String, String>();
          standing.keySet().stream()
              .filter(key -> !current.containsKey(key))
              .forEach(
                  key -> {
                    end(h, key, now);
                    before.put(key.rule, key.version);
                  });
          current.forEach((key, edition) -> keep(h, key, edition, standing, before, changes));
          before.forEach((rule, version) -> changes.add(new Change(rule, version, "")));
          if (!isFirst) {
            tell(h, changes, by);
          }
        });
  }

  private static void keep(
      Handle h,
      Key key,
      Edition edition,
      Map<Key, String> standing,
      Map<String, String> before,
      List<Change> changes) {
    String text = standing.get(key);
    if (text == null) {
      begin(h, edition);
      String old = before.remove(key.rule);
      changes.add(new Change(key.rule, old == null ? "" : old, key.version));
    } else if (!text.equals(edition.text())) {
      h.execute(
          "update rule_version set text = ?, title = ?, file = ?, author = ? where rule = ? and"
              + " version = ?",
          edition.text(),
          edition.title(),
          edition.file(),
          edition.author(),
          key.rule,
          key.version);
    }
  }

  private static Map<Key, String> standing(Handle h) {
    var standing = new HashMap<Key, String>();
    h.createQuery("select rule, version, text from rule_version where last_at is null")
        .map((rs, _) -> Map.entry(new Key(rs.getString(1), rs.getString(2)), rs.getString(3)))
        .forEach(entry -> standing.put(entry.getKey(), entry.getValue()));
    return standing;
  }

  private static void end(Handle h, Key key, Instant now) {
    h.execute(
        "update rule_version set last_at = ? where rule = ? and version = ?",
        Micros.of(now),
        key.rule,
        key.version);
  }

  private static void begin(Handle h, Edition e) {
    h.execute(
        """
        insert into rule_version (rule, version, kind, title, level, author, file, text, first_at,
          by_whom) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (rule, version) do update set last_at = null, text = excluded.text,
          title = excluded.title, file = excluded.file, by_whom = excluded.by_whom
        """,
        e.rule(),
        e.version(),
        e.kind(),
        e.title(),
        e.level(),
        e.author(),
        e.file(),
        e.text(),
        Micros.of(e.firstAt()),
        e.by());
  }

  private void tell(Handle h, List<Change> changes, Publisher by) {
    String who = by.name().isEmpty() ? "farol" : by.name();
    if (changes.size() > TOLD) {
      deeds.record(h, who, "rules.changed", "rules", changes.size() + " rules changed at once");
      return;
    }
    for (Change change : changes) {
      String what =
          change.now.isEmpty()
              ? "rule.gone"
              : change.before.isEmpty() ? "rule.in-force" : "rule.changed";
      String detail =
          (change.before.isEmpty() ? "" : change.before + " -> ")
              + (change.now.isEmpty() ? "none" : change.now);
      deeds.record(
          h, who, what, change.rule, by.why().isEmpty() ? detail : detail + ": " + by.why());
    }
  }

  private static List<Edition> each(
      RuleBook book, Map<Path, String> texts, RuleFolders folders, Publisher by, Instant now) {
    var all = new ArrayList<Edition>();
    book.rules().stream()
        .filter(rule -> !Shadow.is(rule.ref().id()))
        .map(r -> edition(r.ref(), "rule", r.level().word(), r.author(), r.path(), texts, folders))
        .forEach(all::add);
    book.correlations().stream()
        .filter(rule -> !Shadow.is(rule.ref().id()))
        .map(c -> edition(c.ref(), "correlation", c.level().word(), "", c.path(), texts, folders))
        .forEach(all::add);
    book.filters().stream()
        .filter(filter -> !Shadow.is(filter.ref().id()))
        .map(f -> edition(f.ref(), "filter", "", "", f.path(), texts, folders))
        .forEach(all::add);
    return all.stream().map(e -> dated(e, by, now)).toList();
  }

  private static Edition edition(
      RuleRef ref,
      String kind,
      String level,
      String author,
      Path path,
      Map<Path, String> texts,
      RuleFolders folders) {
    String text = texts.getOrDefault(path, "");
    return new Edition(
        ref.id(),
        ref.version(),
        kind,
        ref.title(),
        level,
        author.isEmpty() ? author(ref.id(), text, kind, path) : author,
        folders.name(path),
        text,
        Instant.EPOCH,
        Optional.empty(),
        "");
  }

  // Of correlations and filters nobody else reads the author.
  private static String author(String id, String text, String kind, Path path) {
    return kind.equals("rule")
        ? ""
        : RuleHead.of(text, path).stream()
            .filter(head -> head.id().equals(id))
            .map(RuleHead::author)
            .findFirst()
            .orElse("");
  }

  private static Edition dated(Edition e, Publisher by, Instant now) {
    return new Edition(
        e.rule(),
        e.version(),
        e.kind(),
        e.title(),
        e.level(),
        e.author(),
        e.file(),
        e.text(),
        now,
        Optional.empty(),
        by.name());
  }
}
