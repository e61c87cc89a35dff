package mo.farol.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mo.farol.account.Person;
import mo.farol.indicator.Format;
import mo.farol.indicator.HitLog;
import mo.farol.indicator.IndicatorReader;
import mo.farol.indicator.IndicatorSearch;
import mo.farol.indicator.IndicatorSet;
import mo.farol.indicator.NewSource;
import mo.farol.indicator.SourceReport;
import mo.farol.indicator.Tlp;
import mo.farol.indicator.Watchlist;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /indicators}: sources with their standing, one value, lists added and removed. */
final class IndicatorsApi {
  private static final String SOURCE =
      """
      name, file, format, tlp, confidence, agencies (none for all), added (whether it can be \
      removed here), kinds (live values by kind), muted, passedOver, warned, refused (counts by \
      reason), refusals (the first with their places), expired, nextAt and fault of a collection.\
      """;
  private static final String MATCH =
      """
      items, each with kind, value, muted (why) and told: what each source says of it: id, source, \
      confidence, tlp, validFrom, validUntil, labels, agencies.\
      """;
  private static final Duration SPAN = Duration.ofDays(7);
  private static final int SHOWN = 50;

  private final Watchlist indicators;
  private final InstantSource clock;

  IndicatorsApi(Watchlist indicators, InstantSource clock) {
    this.indicators = indicators;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/indicators",
                "Sources of indicators with their standing; with value, what is held about it.",
                this::all,
                "value")
            .answering("items, each with " + SOURCE + " With value: " + MATCH),
        Endpoint.get(
                "/indicators/hits",
                "The newest hits, one for each value and machine; of seven days unless asked.",
                this::hits,
                "from")
            .answering(
                "items: kind, value, sources, confidence, tlp, agency, host, field, seen, exercise,"
                    + " count, firstAt, lastAt, event. What its label keeps from you is left out."),
        Endpoint.post(
                "/indicators",
                "Adds a list, the body as it is (STIX 2.1, MISP JSON, CSV, one value a line, KEV),"
                    + " under a name. Analysts and operators; of one agency, for its events only.",
                this::add,
                "name",
                "format",
                "tlp",
                "confidence",
                "expiryDays",
                "agencies")
            .answering(SOURCE),
        Endpoint.delete(
            "/indicators/{name}",
            "Removes a source that was added; what stands in sources.yml is removed there.",
            this::remove));
  }

  static IndicatorReader reader(Person person) {
    return new IndicatorReader(person.scope(), person.agency().isEmpty(), person.role().mayWork());
  }

  private void all(Context context) {
    var reader = reader(Caller.of(context).person());
    var value = Answers.some(context, "value");
    if (value.isPresent()) {
      var found = IndicatorSearch.of(indicators.current(), value.get(), reader);
      Answers.send(
          context, Answers.list(found, Optional.empty(), found.size(), IndicatorsApi::match));
      return;
    }
    var sources = indicators.standing(reader);
    var node = Answers.list(sources, Optional.empty(), sources.size(), IndicatorsApi::source);
    node.put("readAt", indicators.report().readAt().toString());
    if (reader.isOfCentre()) {
      node.put("values", indicators.current().size());
      node.put("muted", indicators.current().muted());
      node.put("bytes", indicators.current().bytes());
      node.put("fault", indicators.report().fault().orElse(null));
      texts(node.putArray("remarks"), indicators.report().remarks());
    }
    Answers.send(context, node);
  }

  private void hits(Context context) {
    var person = Caller.of(context).person();
    var from = Answers.instant(context, "from", clock.instant().minus(SPAN));
    var rows = indicators.hits(from.toEpochMilli(), reader(person));
    Answers.send(context, Answers.list(rows, Optional.empty(), rows.size(), IndicatorsApi::hit));
  }

  private void add(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    var source =
        new NewSource(
            Answers.some(context, "name")
                .orElseThrow(() -> refused("Send 'name': what people call the source.")),
            Answers.some(context, "format").map(IndicatorsApi::format),
            Answers.some(context, "tlp").map(IndicatorsApi::tlp).orElse(Tlp.AMBER),
            number(context, "confidence").orElse(50),
            number(context, "expiryDays"),
            agencies(context, caller.person()),
            caller.name(),
            caller.person().agency());
    var report = indicators.add(source, context.bodyAsBytes());
    Answers.send(context.status(201), told(Answers.object(), source.name(), report));
  }

  private static Set<String> agencies(Context context, Person person) {
    var asked =
        Answers.some(context, "agencies")
            .map(text -> Set.copyOf(List.of(text.split(",", -1))))
            .orElse(Set.of());
    if (person.agency().isEmpty()) {
      return asked;
    }
    if (!asked.isEmpty() && !asked.equals(Set.of(person.agency().get()))) {
      throw new Refused(403, "Not allowed", "You add lists for your own agency only.");
    }
    return Set.of(person.agency().get());
  }

  private void remove(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    String name = context.pathParam("name");
    var known =
        indicators.report().sources().stream()
            .map(SourceReport::source)
            .filter(source -> source.name().equals(name))
            .findFirst()
            .orElseThrow(() -> Answers.missing("source"));
    var own = caller.person().agency();
    if (own.isPresent() && !known.owner().equals(own)) {
      throw Answers.missing("source");
    }
    indicators.remove(name, caller.name());
    context.status(204);
  }

  private static Format format(String word) {
    return Format.of(word)
        .orElseThrow(() -> refused("format is one of " + Format.words() + "; leave it to guess."));
  }

  private static Tlp tlp(String word) {
    return Tlp.of(word)
        .orElseThrow(() -> refused("tlp is clear, green, amber, amber+strict or red."));
  }

  private static Optional<Integer> number(Context context, String name) {
    return Answers.some(context, name)
        .map(
            text -> {
              if (!text.matches("\\d{1,5}")) {
                throw refused(name + " is a whole number.");
              }
              return Integer.parseInt(text);
            });
  }

  private static Refused refused(String what) {
    return new Refused(400, "Not understood", what);
  }

  private static ObjectNode source(Watchlist.Standing standing) {
    var report = standing.report();
    var of = report.source();
    var node = told(Answers.object(), of.name(), report);
    node.put("file", of.file()).put("format", of.format().word()).put("tlp", of.tlp().word());
    node.put("confidence", of.confidence()).put("added", standing.isAdded());
    texts(node.putArray("agencies"), new TreeSet<>(of.agencies()));
    node.put("nextAt", standing.nextAt().map(Instant::toString).orElse(null));
    node.put("fault", standing.fault().orElse(null));
    return node;
  }

  private static ObjectNode told(ObjectNode node, String name, SourceReport report) {
    node.put("name", name);
    var kinds = node.putObject("kinds");
    report.live().forEach((kind, count) -> kinds.put(kind.word(), count));
    counts(node, "muted", report.muted());
    counts(node, "passedOver", report.passedOver());
    counts(node, "warned", report.warned());
    counts(node, "refused", report.refused());
    var refusals = node.putArray("refusals");
    report.refusals().stream()
        .limit(SHOWN)
        .forEach(r -> refusals.addObject().put("place", r.place()).put("reason", r.reason()));
    return node.put("expired", report.expired());
  }

  private static void counts(ObjectNode node, String name, Map<String, Integer> counts) {
    var object = node.putObject(name);
    counts.forEach(object::put);
  }

  private static ObjectNode match(IndicatorSearch.Match match) {
    var node = Answers.object().put("kind", match.kind().word()).put("value", match.value());
    node.put("muted", match.muted().orElse(null));
    var told = node.putArray("told");
    for (IndicatorSet.Told one : match.told()) {
      var each = told.addObject().put("id", one.id()).put("source", one.source());
      each.put("confidence", one.confidence()).put("tlp", one.tlp().word());
      each.put("validFrom", one.validFrom().map(Instant::toString).orElse(null));
      each.put("validUntil", one.validUntil().map(Instant::toString).orElse(null));
      texts(each.putArray("labels"), one.labels());
      texts(each.putArray("agencies"), new TreeSet<>(one.agencies()));
    }
    return node;
  }

  private static ObjectNode hit(HitLog.Row row) {
    var node = Answers.object().put("kind", row.kind());
    node.put("value", row.value()).put("confidence", row.confidence());
    texts(node.putArray("sources"), row.sources());
    return node.put("tlp", row.tlp().word())
        .put("agency", row.agency())
        .put("host", row.host())
        .put("field", row.field())
        .put("seen", row.seen())
        .put("exercise", row.exercise())
        .put("count", row.count())
        .put("firstAt", Instant.ofEpochMilli(row.firstAt()).toString())
        .put("lastAt", Instant.ofEpochMilli(row.lastAt()).toString())
        .put("event", Long.toString(row.sequence()));
  }

  private static void texts(ArrayNode array, Iterable<String> texts) {
    texts.forEach(array::add);
  }
}
