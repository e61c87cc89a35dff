package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mo.farol.alert.Asset;
import mo.farol.alert.AssetTable;
import mo.farol.alert.DrlFault;
import mo.farol.alert.RiskBook;
import mo.farol.alert.Suppression;
import mo.farol.decision.AssetBook;
import mo.farol.decision.Decisions;
import mo.farol.event.Scope;
import mo.farol.ledger.RulePrecision;
import mo.farol.ledger.SuppressionPreview;
import mo.farol.ledger.SuppressionRule;
import mo.farol.ledger.SuppressionRules;
import mo.farol.ledger.Where;
import mo.farol.sigma.RuleRef;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** What decides about alerts: rules in force, exceptions, maintenance, assets, risk. */
public final class DecisionsPage {
  private static final int ROWS = 200;

  /** The parts of the page. */
  public static final List<String> TABS =
      List.of("exceptions", "calendars", "risk", "assets", "rules");

  /** What a form held, to be shown again with its preview. */
  public record Form(Map<String, String> values) {
    /** The value of a field, empty where it has none. */
    public String of(String name) {
      return values.getOrDefault(name, "");
    }
  }

  /** What the template shows. */
  public record View(
      Shell shell,
      String tab,
      String text,
      Scope scope,
      Instant now,
      List<SuppressionRule> covers,
      Map<String, SuppressionRules.Hidden> hidden,
      Form form,
      Optional<SuppressionPreview> preview,
      String wrong,
      List<RiskBook.Risk> risks,
      List<RulePrecision.Precision> precision,
      List<Asset> assets,
      List<DrlFault> faults,
      List<RuleRef> rules) {
    /** What a cover has hidden. */
    public SuppressionRules.Hidden hiddenBy(SuppressionRule cover) {
      return SuppressionRules.of(cover, hidden);
    }

    /** Whether the reader may change an asset. */
    public boolean mayChange(Asset asset) {
      return shell.mayWork() && AssetBook.mayChange(asset.agency(), scope);
    }

    /** Where the form of an asset is filled in with what it is now. */
    public static String edit(Asset asset) {
      return "/decisions?tab=assets&act=change&agency=%s&kind=%s&value=%s&criticality=%d&owner=%s&service=%s#asset"
          .formatted(
              encoded(asset.agency()),
              asset.kind().name().toLowerCase(Locale.ROOT),
              encoded(asset.value()),
              asset.criticality(),
              encoded(asset.owner()),
              encoded(asset.service()));
    }

    private static String words(Asset asset) {
      return String.join(" ", asset.agency(), asset.value(), asset.owner(), asset.service())
          .toLowerCase(Locale.ROOT);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Alerts about what is at risk. */
    public static String alertsOf(RiskBook.Risk risk) {
      return "/alerts?status=all&agency=%s&text=%s"
          .formatted(encoded(risk.agency()), encoded(risk.entity().value()));
    }

    /** What a cover is about, in a line. */
    public static String about(SuppressionRule cover) {
      var parts = new ArrayList<String>();
      if (!cover.rule().isEmpty()) {
        parts.add(cover.rule());
      }
      cover.conditions().forEach(c -> parts.add(c.field() + "=" + c.pattern()));
      if (!cover.hours().isEmpty()) {
        parts.add(cover.hours());
      }
      return String.join(" · ", parts);
    }
  }

  private final Decisions decisions;

  DecisionsPage(Decisions decisions) {
    this.decisions = decisions;
  }

  void show(Context context) {
    String tab = Asked.some(context, "tab").filter(TABS::contains).orElse("exceptions");
    var prefilled = new java.util.HashMap<String, String>();
    for (String name :
        List.of(
            "agency",
            "rule",
            "field",
            "pattern",
            "kind",
            "value",
            "criticality",
            "owner",
            "service",
            "act")) {
      Asked.some(context, name).ifPresent(value -> prefilled.put(name, value));
    }
    view(context, tab, new Form(prefilled), Optional.empty(), "");
  }

  void act(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    if (Asked.form(context, "tab").equals("assets")) {
      asset(context, caller);
      return;
    }
    String tab = Asked.form(context, "tab").equals("calendars") ? "calendars" : "exceptions";
    String id = Asked.form(context, "id");
    if (Asked.form(context, "act").equals("end")) {
      if (!id.matches("\\d{1,18}")
          || !decisions.covers().end(Long.parseLong(id), caller.name(), caller.scope())) {
        throw new Refused(404, "Nothing to end", "It never was, is over, or is not yours to end.");
      }
      context.redirect("/decisions?tab=" + tab, HttpStatus.SEE_OTHER);
      return;
    }
    try {
      var cover = cover(context, tab);
      if (Asked.form(context, "act").equals("add")) {
        decisions.covers().add(cover, caller.name(), caller.scope());
        context.redirect("/decisions?tab=" + tab, HttpStatus.SEE_OTHER);
        return;
      }
      var preview = decisions.covers().preview(cover, caller.scope(), Decisions.BACK);
      view(context, tab, form(context), Optional.of(preview), "");
    } catch (IllegalArgumentException e) {
      context.status(400);
      view(context, tab, form(context), Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private void asset(Context context, Caller caller) {
    var assets = decisions.assets();
    try {
      switch (Asked.form(context, "act")) {
        case "add" -> assets.add(typed(context), caller.name(), caller.scope());
        case "change" -> assets.change(typed(context), caller.name(), caller.scope());
        case "remove" ->
            assets.remove(
                AssetTable.key(
                    Asked.form(context, "agency"),
                    Asked.form(context, "kind"),
                    Asked.form(context, "value")),
                caller.name(),
                caller.scope());
        case String other ->
            throw new IllegalArgumentException("'" + other + "' is nothing to do to an asset");
      }
      context.redirect("/decisions?tab=assets", HttpStatus.SEE_OTHER);
    } catch (IllegalArgumentException e) {
      context.status(400);
      view(context, "assets", form(context), Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private static Asset typed(Context context) {
    return AssetTable.asset(
        Asked.form(context, "agency"),
        Asked.form(context, "kind"),
        Asked.form(context, "value"),
        Asked.form(context, "criticality"),
        Asked.form(context, "owner"),
        Asked.form(context, "service"));
  }

  private void view(
      Context context, String tab, Form form, Optional<SuppressionPreview> preview, String wrong) {
    var scope = Caller.of(context).scope();
    var shell = Shell.of(context, "decisions", Shell.words(context).get("decisions.title"));
    var kind = tab.equals("calendars") ? Suppression.Kind.MAINTENANCE : Suppression.Kind.EXCEPTION;
    boolean ours = shell.isOfCentre();
    var assets = decisions.assets().get();
    String text = Asked.text(context, "text").strip().toLowerCase(Locale.ROOT);
    Templates.show(
        context,
        "decisions",
        new View(
            shell,
            tab,
            text,
            Caller.of(context).scope(),
            decisions.clock().instant(),
            decisions.covers().list(kind, scope),
            decisions.covers().hidden(scope),
            form,
            preview,
            wrong,
            tab.equals("risk") ? decisions.risks("", scope, ROWS) : List.of(),
            tab.equals("rules") ? decisions.precision().list(scope) : List.of(),
            assets.all().stream()
                .filter(a -> a.agency().equals("*") || Where.sees(scope, a.agency()))
                .filter(a -> View.words(a).contains(text))
                .limit(ROWS)
                .toList(),
            faults(tab, ours, assets.faults()),
            ours ? decisions.book().get().rules() : List.of()));
  }

  private List<DrlFault> faults(String tab, boolean ours, List<DrlFault> ofAssets) {
    if (!ours) {
      return List.of();
    }
    return switch (tab) {
      case "assets" -> ofAssets;
      case "rules" -> decisions.faults();
      default -> List.of();
    };
  }

  private static Form form(Context context) {
    var values = new java.util.HashMap<String, String>();
    for (String name :
        List.of(
            "name",
            "agency",
            "rule",
            "field",
            "pattern",
            "hours",
            "until",
            "reason",
            "kind",
            "value",
            "criticality",
            "owner",
            "service",
            "act")) {
      values.put(name, Asked.form(context, name));
    }
    return new Form(values);
  }

  private SuppressionRule cover(Context context, String tab) {
    var now = decisions.clock().instant();
    String field = Asked.form(context, "field").strip();
    String pattern = Asked.form(context, "pattern").strip();
    if (field.isEmpty() != pattern.isEmpty()) {
      throw new IllegalArgumentException("a field and its value, or neither");
    }
    return new SuppressionRule(
        0,
        tab.equals("calendars") ? Suppression.Kind.MAINTENANCE : Suppression.Kind.EXCEPTION,
        Asked.form(context, "name").strip(),
        Asked.form(context, "agency").strip(),
        Asked.form(context, "rule").strip(),
        field.isEmpty() ? List.of() : List.of(new SuppressionRule.Condition(field, pattern)),
        Asked.form(context, "hours").strip(),
        Asked.instant(Asked.form(context, "from")).orElse(now),
        Asked.instant(Asked.form(context, "until")).orElse(now),
        Asked.form(context, "reason").strip(),
        "",
        now,
        Optional.empty());
  }
}
