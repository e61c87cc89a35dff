package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import mo.farol.health.Health;
import mo.farol.health.LastBackup;
import mo.farol.silence.SourceHealth;
import mo.farol.silence.Sources;
import mo.farol.store.Mending;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /status}, {@code /sources}, {@code /import}: the centre itself. */
final class CentreApi {
  private static final String ID = "[A-Za-z0-9._-]{1,80}";
  private final Supplier<Status> status;
  private final Health health;
  private final LongSupplier sealed;
  private final Sources sources;
  private final Imports imports;

  CentreApi(
      Supplier<Status> status,
      Health health,
      LongSupplier sealed,
      Sources sources,
      Imports imports) {
    this.status = status;
    this.health = health;
    this.sealed = sealed;
    this.sources = sources;
    this.imports = imports;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
            "/status",
            "How far the centre has come: received, durable, indexed, detected, sealed; what is"
                + " wrong with it; its last backup; days of the index made again.",
            this::status),
        Endpoint.get("/sources", "How every source is.", this::sources),
        Endpoint.post(
            "/import",
            "Takes archived lines; answers once they are on disk.",
            this::take,
            "agency",
            "lane",
            "format",
            "year",
            "zone",
            "file"));
  }

  private void status(Context context) {
    if (Caller.of(context).person().agency().isPresent()) {
      throw new Refused(
          403,
          "Not allowed",
          "The counts are the whole centre's; an agency sees its own sources at /sources.");
    }
    var now = status.get();
    var told =
        Answers.object()
            .put("received", now.received())
            .put("durable", now.durable())
            .put("indexed", now.indexed())
            .put("detected", now.detected())
            .put("sealed", sealed.getAsLong());
    var troubles = told.putArray("troubles");
    for (var trouble : health.troubles(Caller.of(context).person().role().mayOperate())) {
      troubles.addObject().put("kind", trouble.kind().word()).put("detail", trouble.detail());
    }
    if (Caller.of(context).person().role().mayOperate()) {
      health.backups().last().whole().ifPresent(b -> put(told.putObject("backup"), b));
    }
    var mendings = told.putArray("mendings");
    health.mendings().get().forEach(mending -> tree(mending, mendings.addObject()));
    Answers.send(context, told);
  }

  private static void put(ObjectNode node, LastBackup.Told backup) {
    node.put("at", backup.at().toString()).put("in", backup.what());
  }

  private static void tree(Mending mending, ObjectNode node) {
    node.put("day", mending.day()).put("foundAt", mending.foundAt().toString());
    node.put("had", mending.had() < 0 ? null : mending.had());
    node.put("rebuilt", mending.rebuilt())
        .put("missing", mending.missing())
        .put("done", mending.done())
        .put("aside", mending.aside());
  }

  private void sources(Context context) {
    var all = sources.health(Caller.of(context).scope());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), CentreApi::tree));
  }

  private void take(Context context) {
    var caller = Caller.of(context);
    caller.mustOperate();
    String agency = named(context, "agency");
    if (!caller.scope().sees(agency)) {
      throw Answers.missing("agency");
    }
    int year =
        Answers.some(context, "year")
            .filter(y -> y.matches("\\d{1,4}"))
            .map(Integer::parseInt)
            .orElse(0);
    long next =
        imports.append(
            agency,
            named(context, "lane"),
            Answers.some(context, "format").orElse(""),
            year,
            Answers.some(context, "zone").orElse("UTC"),
            Answers.some(context, "file").orElse(""),
            context.bodyAsBytes());
    Answers.send(context, Answers.object().put("next", next));
  }

  private static String named(Context context, String name) {
    return Answers.some(context, name)
        .filter(v -> v.matches(ID))
        .orElseThrow(
            () ->
                new Refused(
                    400, "Something is missing", name + " is letters, digits, dots and hyphens."));
  }

  private static ObjectNode tree(SourceHealth s) {
    var volume = s.volume();
    var tree = plain(s).put("lastHour", volume.lastHour()).put("weeks", volume.weeks());
    if (volume.usual() >= 0) {
      tree.put("usualPerHour", Math.round(volume.usual()));
    }
    var troubles = tree.putArray("troubles");
    for (var each : s.troubles()) {
      troubles
          .addObject()
          .put("kind", each.kind().word())
          .put("since", each.since().toString())
          .put("what", each.what())
          .put("expected", each.expected())
          .put("seen", each.seen())
          .put("dayOff", each.dayOff());
    }
    return tree;
  }

  private static ObjectNode plain(SourceHealth s) {
    return Answers.object()
        .put("agency", s.source().agency())
        .put("host", s.source().host())
        .put("input", s.input())
        .put("firstAt", s.firstAt().toString())
        .put("lastAt", s.lastAt().toString())
        .put("events", s.events())
        .put("rejected", s.rejected())
        .put("repeated", s.repeated())
        .put("perMinute", s.perMinute())
        .put("skewSeconds", s.skew().toMillis() / 1000.0)
        .put("missing", s.missing())
        .put("agencyDropped", s.agencyDropped())
        .put("expectedSeconds", s.expected().toSeconds())
        .put("silent", s.silent());
  }
}
