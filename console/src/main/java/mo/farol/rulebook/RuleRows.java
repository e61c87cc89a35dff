package mo.farol.rulebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mo.farol.alert.Matches;
import mo.farol.alert.RuleSet;
import mo.farol.event.Scope;
import mo.farol.match.RuleStanding;
import mo.farol.match.UnseenFields;
import mo.farol.sigma.Shadow;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.sigma.SigmaFilter;
import mo.farol.sigma.SigmaRule;

/** The rules in force as somebody of a scope sees them. */
public final class RuleRows {
  private final RuleSet rules;
  private final Matches matches;
  private final Scope scope;
  private final Instant now;
  private final RuleFolders folders;
  private final Map<String, RuleStanding> standings = new HashMap<>();
  private final Map<String, UnseenFields> unseen = new HashMap<>();
  private final Map<String, RuleRow.Telemetry> telemetry = new HashMap<>();

  private RuleRows(RuleSet rules, RuleFolders folders, Matches matches, Scope scope, Instant now) {
    this.rules = rules;
    this.matches = matches;
    this.scope = scope;
    this.now = now;
    this.folders = folders;
    rules.matcher().standings().forEach(each -> standings.put(each.rule().id(), each));
    UnseenFields.of(rules.book(), rules.settings(), rules.matcher().seen(), scope::sees)
        .forEach(each -> unseen.put(each.rule().ref().id(), each));
  }

  /** Every rule in force, by title. */
  static List<RuleRow> of(
      RuleSet rules, RuleFolders folders, Matches matches, Scope scope, Instant now) {
    return new RuleRows(rules, folders, matches, scope, now).rows();
  }

  /** Those of a list that have a text in title, id, log source, tags or file, in any case. */
  public static List<RuleRow> with(List<RuleRow> rows, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        ? rows
        : rows.stream().filter(row -> words(row).contains(wanted)).toList();
  }

  private static String words(RuleRow row) {
    return String.join(
            " ",
            row.ref().title(),
            row.ref().id(),
            row.source(),
            String.join(" ", row.tags()),
            row.file())
        .toLowerCase(Locale.ROOT);
  }

  private List<RuleRow> rows() {
    var rows = new ArrayList<RuleRow>();
    var book = rules.book();
    book.rules().stream().filter(r -> !Shadow.is(r.ref().id())).map(this::row).forEach(rows::add);
    book.rules().forEach(rule -> telemetry.put(rule.ref().id(), telemetry(rule.ref().id())));
    for (var each : book.correlations()) { // those referred to come first
      telemetry.put(each.ref().id(), worst(each));
      if (!Shadow.is(each.ref().id())) {
        rows.add(row(each));
      }
    }
    book.filters().stream().filter(f -> !Shadow.is(f.ref().id())).map(this::row).forEach(rows::add);
    rows.sort(
        java.util.Comparator.comparing(row -> row.ref().title(), String::compareToIgnoreCase));
    return rows;
  }

  private RuleRow row(SigmaFilter filter) {
    return new RuleRow(
        filter.ref(),
        "filter",
        Optional.empty(),
        filter.logSource().toString(),
        List.of(),
        List.of(),
        folders.name(filter.path()),
        0,
        Optional.empty(),
        List.of(),
        RuleRow.Telemetry.SENT);
  }

  private RuleRow row(SigmaRule rule) {
    String id = rule.ref().id();
    return new RuleRow(
        rule.ref(),
        "rule",
        Optional.of(rule.level()),
        rule.logSource().toString(),
        rule.tags(),
        rule.techniques(),
        folders.name(rule.path()),
        matches.of(id, scope::sees, now),
        Optional.ofNullable(standings.get(id)),
        Optional.ofNullable(unseen.get(id)).map(UnseenFields::fields).orElse(List.of()),
        telemetry(id));
  }

  private RuleRow row(SigmaCorrelation each) {
    String id = each.ref().id();
    return new RuleRow(
        each.ref(),
        "correlation",
        Optional.of(each.level()),
        each.type().word(),
        each.tags(),
        each.techniques(),
        folders.name(each.path()),
        matches.of(id, scope::sees, now),
        Optional.empty(),
        List.of(),
        telemetry.getOrDefault(id, RuleRow.Telemetry.SENT));
  }

  private RuleRow.Telemetry telemetry(String id) {
    var missing = unseen.get(id);
    if (missing == null || missing.canFire()) {
      return RuleRow.Telemetry.SENT;
    }
    return missing.isSourceSeen()
        ? RuleRow.Telemetry.FIELDS_MISSING
        : RuleRow.Telemetry.SOURCE_MISSING;
  }

  // A count of several rules sees something where one of them does; an order of them needs all.
  private RuleRow.Telemetry worst(SigmaCorrelation each) {
    var of =
        each.rules().stream()
            .map(id -> telemetry.getOrDefault(id, RuleRow.Telemetry.SOURCE_MISSING))
            .sorted()
            .toList();
    return each.type().isTemporal() ? of.getLast() : of.getFirst();
  }
}
