package mo.farol.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mo.farol.account.Agencies;
import mo.farol.event.Agency;
import mo.farol.hunt.HuntEntry;
import mo.farol.hunt.HuntFault;
import mo.farol.hunt.HuntJson;
import mo.farol.hunt.HuntProgress;
import mo.farol.hunt.Hunts;
import mo.farol.hunt.LateHits;
import mo.farol.hunting.HuntDesk;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/**
 * Hunts: what is asked of all history, how far it is, what it found and what could have shown it.
 */
public final class HuntsPage {
  private static final int LATE_SHOWN = 20;
  private static final int HITS_SHOWN = 200;
  private static final int ROWS_SHOWN = 100;

  /** Tells htmx to ask no more. */
  private static final int STOP_ASKING = 286;

  /** What the template of the list shows. */
  public record ListView(
      Shell shell,
      List<Hunts.Told> hunts,
      List<Agency> agencies,
      Form form,
      Optional<String> fault,
      LateHits.Told late) {}

  /** What somebody wrote into the form. */
  public record Form(
      String title,
      String sigma,
      String indicators,
      String against,
      String agency,
      String from,
      String to) {
    static final Form EMPTY = new Form("", "", "", "", "", "", "");
  }

  /** What the template of one shows. */
  public record View(Shell shell, Hunts.Told told, JsonNode result, Map<String, String> names) {
    /** Whether the reader may end or remove it. */
    public boolean mayEnd() {
      return shell.person().filter(person -> HuntDesk.mayEnd(entry(), person)).isPresent();
    }

    /** The hunt. */
    public HuntEntry entry() {
      return told.entry();
    }

    /** Whether there is something to show. */
    public boolean hasResult() {
      return result.has("matched");
    }

    /** A number of the result. */
    public String count(String name) {
      return Shown.count(result.path(name).asLong());
    }

    /** Rows of a list of the result, the first of them. */
    public List<JsonNode> rows(String name) {
      return some(result.path(name), ROWS_SHOWN);
    }

    /** What an agency is called; its id where that is not known. */
    public String agency(String id) {
      return names.getOrDefault(id, id);
    }

    /** The hits that are shown. */
    public List<JsonNode> hits(JsonNode list) {
      return some(list, HITS_SHOWN);
    }

    /** Rows of a list of the coverage statement. */
    public List<JsonNode> covered(String name) {
      return some(result.path("coverage").path(name), ROWS_SHOWN);
    }

    /** Counts by name: by agency, or by hour. */
    public List<Map.Entry<String, Long>> counts(String name) {
      var all = new ArrayList<Map.Entry<String, Long>>();
      result
          .path(name)
          .properties()
          .forEach(e -> all.add(Map.entry(e.getKey(), e.getValue().asLong())));
      return all;
    }

    /** The greatest of these counts. */
    public long most(String name) {
      return counts(name).stream().mapToLong(Map.Entry::getValue).max().orElse(1);
    }

    private static List<JsonNode> some(JsonNode list, int most) {
      var rows = new ArrayList<JsonNode>();
      for (var each : list) {
        if (rows.size() < most) {
          rows.add(each);
        }
      }
      return rows;
    }
  }

  /** How far one is. */
  public record FarView(Words words, Hunts.Told told, HuntProgress progress) {
    /** In percent. */
    public int percent() {
      return (int) (progress.done() * 100);
    }

    /** Events that match so far. */
    public long hits() {
      return progress.hits().values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private final HuntDesk desk;
  private final Agencies agencies;

  HuntsPage(HuntDesk desk, Agencies agencies) {
    this.desk = desk;
    this.agencies = agencies;
  }

  void list(Context context) {
    list(context, Form.EMPTY, Optional.empty());
  }

  private void list(Context context, Form form, Optional<String> fault) {
    var scope = Caller.of(context).scope();
    var shell = Shell.of(context, "hunts", Shell.words(context).get("nav.hunts"));
    Templates.show(
        context,
        "hunts",
        new ListView(
            shell,
            desk.hunts().of(scope),
            agencies.all(scope),
            form,
            fault,
            desk.late().told(scope, LATE_SHOWN)));
  }

  void begin(Context context) {
    Caller.of(context).mustHunt();
    var form =
        new Form(
            Asked.form(context, "title"),
            Asked.form(context, "sigma"),
            Asked.form(context, "indicators"),
            Asked.form(context, "against"),
            Asked.form(context, "agency"),
            Asked.form(context, "from"),
            Asked.form(context, "to"));
    try {
      var wanted =
          desk.wanted(
              new HuntDesk.Sent(
                  form.title(),
                  form.sigma(),
                  form.indicators(),
                  "",
                  form.against(),
                  form.agency(),
                  instant(form.from()),
                  instant(form.to()),
                  Asked.form(context, "rule")));
      var begun = desk.hunts().begin(wanted, Caller.of(context).who());
      context.redirect("/hunts/" + begun.entry().id(), HttpStatus.SEE_OTHER);
    } catch (HuntFault e) {
      list(context, form, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static Optional<Instant> instant(String text) {
    var at = Asked.instant(text);
    if (at.isEmpty() && !text.isBlank()) {
      throw new HuntFault("'" + text + "' is no time; write 2026-11-24T08:00");
    }
    return at;
  }

  void show(Context context) {
    var told = find(context);
    var shell = Shell.of(context, "hunts", told.entry().title());
    Templates.show(
        context,
        "hunt",
        new View(shell, told, HuntJson.tree(told.entry().result()), names(context)));
  }

  private Map<String, String> names(Context context) {
    return agencies.all(Caller.of(context).scope()).stream()
        .collect(Collectors.toMap(Agency::id, Agency::name));
  }

  /** How far it is; once it ended, the page is to be loaded anew. */
  void progress(Context context) {
    var told = find(context);
    if (told.progress().isEmpty()) {
      context.header("HX-Refresh", "true").status(STOP_ASKING);
      return;
    }
    Templates.show(
        context, "huntfar", new FarView(Shell.words(context), told, told.progress().get()));
  }

  /** Ends one that is under way, or removes it. */
  void end(Context context) {
    var caller = Caller.of(context);
    caller.mustHunt();
    if (!HuntDesk.mayEnd(find(context).entry(), caller.person())) {
      throw new Refused(403, "Not allowed", "Whoever began a hunt ends it, or an operator.");
    }
    if (!desk.hunts().end(context.pathParam("id"), caller.scope(), caller.name())) {
      throw missing();
    }
    context.redirect("/hunts", HttpStatus.SEE_OTHER);
  }

  private Hunts.Told find(Context context) {
    var person = Caller.of(context).person();
    return desk.hunts()
        .find(context.pathParam("id"), person.scope())
        .filter(told -> told.entry().isFor(person.role().mayWork()))
        .orElseThrow(HuntsPage::missing);
  }

  private static Refused missing() {
    return new Refused(404, "No such hunt", "It was removed, or is not yours to see.");
  }
}
