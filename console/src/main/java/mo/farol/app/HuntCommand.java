package mo.farol.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mo.farol.centre.Config;
import mo.farol.centre.Home;
import mo.farol.centre.HuntCentre;
import mo.farol.centre.Running;
import mo.farol.centre.Usage;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.hunt.HuntFault;
import mo.farol.hunt.HuntJson;
import mo.farol.hunt.HuntOrder;
import mo.farol.hunt.HuntProgress;
import mo.farol.hunt.HuntTarget;
import mo.farol.hunt.HuntTargetReader;
import mo.farol.hunt.Hunts;
import mo.farol.sigma.RuleBook;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code farol hunt}: Sigma rules, correlations or indicators against all history, over the API of
 * the running centre, or in a stopped home.
 */
@Command(
    name = "hunt",
    description =
        "Looks for Sigma rules, correlations or indicators in all that is kept, without --from from"
            + " the first event on; says what could have shown it.")
final class HuntCommand implements Callable<Integer> {
  enum Format {
    table,
    jsonl
  }

  /** What is hunted. */
  static final class What {
    @Option(
        names = "--sigma",
        paramLabel = "PATH",
        description = "a Sigma rule, or a folder of such")
    private Optional<Path> sigma = Optional.empty();

    @Option(
        names = "--indicators",
        paramLabel = "FILE",
        description = "indicators: STIX, MISP, CSV, KEV or one value a line")
    private Optional<Path> indicators = Optional.empty();
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LOOK_MILLIS = 300;
  private static final int CUT = 3;

  @Mixin private HomeOption home;
  @Mixin private PeriodOptions period;

  @ArgGroup(multiplicity = "0..1")
  private What what = new What();

  @Option(
      names = "--indicators-format",
      paramLabel = "F",
      defaultValue = "",
      description = "stix, misp, csv, list or kev instead of guessing")
  private String indicatorsFormat;

  @Option(
      names = "--against",
      paramLabel = "PATH",
      description = "the rule as it was before: new and lost hits are told")
  private Optional<Path> against;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "hits printed at most, 10000 are kept; all are counted (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--format",
      paramLabel = "F",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format;

  @Override
  public Integer call() throws IOException {
    if (what.sigma.isEmpty() && what.indicators.isEmpty()) {
      throw new Usage("say what to hunt: --sigma PATH or --indicators FILE");
    }
    if (what.sigma.isEmpty() && against.isPresent()) {
      throw new Usage("--against goes with --sigma");
    }
    var now = Instant.now();
    var first = period.from(now);
    var last = period.to(now);
    var config = Config.read(home.path(), Optional.empty(), List.of());
    var where = new Home(config.home());
    var running = Running.on(where);
    var result =
        running.isPresent()
            ? remote(config, where, running.get(), first, last)
            : inside(config, first, last);
    new HuntReport(result, System.out, System.err).print(format == Format.jsonl, limit);
    return result.path("whole").asBoolean(false) ? 0 : CUT;
  }

  private JsonNode remote(
      Config config, Home where, Running running, Optional<Instant> first, Optional<Instant> last)
      throws IOException {
    var body = JSON.createObjectNode();
    if (what.sigma.isEmpty()) {
      body.put("indicators", text(what.indicators.orElseThrow())).put("format", indicatorsFormat);
    } else {
      body.put("sigma", text(what.sigma.orElseThrow()));
    }
    if (against.isPresent()) {
      body.put("against", text(against.get()));
    }
    period.agency().ifPresent(a -> body.put("agency", a));
    first.ifPresent(t -> body.put("from", t.toString()));
    last.ifPresent(t -> body.put("to", t.toString()));
    try (var client = new CentreClient(where, running, Tokens.local(config, "local"))) {
      byte[] bytes = JSON.writeValueAsBytes(body);
      String id = client.post("/hunts", Map.of(), bytes, "application/json").path("id").asText();
      return await(client, id);
    }
  }

  private JsonNode await(CentreClient client, String id) {
    var query = Map.of("limit", Integer.toString(limit));
    var hunt = client.get("/hunts/" + id, query);
    while (hunt.path("state").asText().equals("running")) {
      var far = hunt.path("progress");
      HuntReport.far(
          System.err,
          far.path("phase").asText(),
          far.path("read").asLong(),
          far.path("toRead").asLong(),
          far.path("events").asLong());
      pause();
      hunt = client.get("/hunts/" + id, query);
    }
    HuntReport.farEnds(System.err);
    if (!hunt.path("state").asText().equals("done")) {
      String fault = hunt.path("result").path("fault").asText("");
      throw new Usage(
          "the hunt is %s%s"
              .formatted(hunt.path("state").asText(), fault.isEmpty() ? "" : ": " + fault));
    }
    return hunt.path("result");
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Usage("interrupted");
    }
  }

  private JsonNode inside(Config config, Optional<Instant> first, Optional<Instant> last)
      throws IOException {
    try (var centre = HuntCentre.open(config)) {
      var order =
          new HuntOrder(
              target(centre),
              period.agency().map(Scope::of).orElse(Scope.national()),
              first.map(Micros::of).orElse(Long.MIN_VALUE),
              last.map(Micros::of).orElse(Long.MAX_VALUE),
              Hunts.LONGEST);
      var progress = new HuntProgress();
      var teller = Thread.ofVirtual().start(() -> tell(progress));
      var result = centre.hunt(order, progress);
      teller.interrupt();
      HuntReport.farEnds(System.err);
      return HuntJson.of(result);
    } catch (HuntFault e) {
      throw new Usage(String.valueOf(e.getMessage()));
    }
  }

  private static void tell(HuntProgress progress) {
    try {
      while (progress.phase() != HuntProgress.Phase.DONE) {
        Thread.sleep(LOOK_MILLIS);
        HuntReport.far(
            System.err,
            progress.phase().name().toLowerCase(java.util.Locale.ROOT),
            progress.read(),
            progress.toRead(),
            progress.events());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is over
    }
  }

  private HuntTarget target(HuntCentre centre) throws IOException {
    if (what.sigma.isEmpty()) {
      return HuntTargetReader.indicators(
          text(what.indicators.orElseThrow()), indicatorsFormat, InstantSource.system());
    }
    var settings = centre.settings();
    var text = text(what.sigma.orElseThrow());
    var before = against.isPresent() ? text(against.get()) : "";
    boolean mayRefer = text.contains("correlation") || before.contains("correlation");
    var others = mayRefer ? centre.rules() : RuleBook.EMPTY;
    var sought = HuntTargetReader.rules(text, settings, others);
    var then =
        before.isEmpty()
            ? Optional.<HuntTargetReader.Sought>empty()
            : Optional.of(HuntTargetReader.rules(before, settings, others));
    var beside = new HashSet<>(sought.beside());
    then.ifPresent(each -> beside.addAll(each.beside()));
    return new HuntTarget.Rules(
        sought.book(), settings, then.map(HuntTargetReader.Sought::book), beside);
  }

  // A folder's rules as one text of several documents.
  private static String text(Path path) throws IOException {
    if (!Files.isReadable(path)) {
      throw new Usage("cannot read " + path);
    }
    if (!Files.isDirectory(path)) {
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }
    try (var files = Files.walk(path)) {
      return files
          .filter(file -> file.toString().endsWith(".yml") || file.toString().endsWith(".yaml"))
          .sorted()
          .map(HuntCommand::read)
          .collect(Collectors.joining("\n---\n"));
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
