package mo.farol.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import mo.farol.centre.Folders;

/** Farol: journal, parser, index, and the API's {@code /events}. */
final class FarolEngine implements Engine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private FarolReceiver process;
  private Http http;
  private long held;

  FarolEngine(Path home) throws IOException {
    this.home = home;
    process = start(home);
    http = http(process);
  }

  @Override
  public String name() {
    return "farol";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "syslog lines over one TCP connection; parsed, durable in the journal, indexed; no"
            + " detection, no seal",
        "settings of farol.yaml as by default; asked through /api/v1/events over plain HTTP with a"
            + " token",
        "JVM as the launcher's: "
            + String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
  }

  @Override
  public Generator load(Corpus corpus, int first, int end)
      throws IOException, InterruptedException {
    String to = "tcp://" + process.address();
    return new Pour(corpus.folder(), first, end, to, Corpus.LOG).run();
  }

  @Override
  public void awaitSearchable(long events) throws IOException {
    process.await(events);
    held = events;
  }

  /** It commits by itself. */
  @Override
  public void commit() {
    // every five seconds
  }

  @Override
  public ProcessCost cost() throws IOException {
    return process.cost();
  }

  @Override
  public SequencedMap<String, Long> bytes() throws IOException {
    return bytes(home);
  }

  /** What a home takes for its events, by what it is for, once what was replaced is gone. */
  static SequencedMap<String, Long> bytes(Path home) throws IOException {
    Replaced.await(home.resolve("index"));
    var bytes = new LinkedHashMap<String, Long>();
    for (var part : List.of("journal", "index")) {
      bytes.put(part, Folders.size(home.resolve(part)));
    }
    return bytes;
  }

  @Override
  public Http.Call call(Question question) {
    String at =
        switch (question) {
          case Question.Term q -> page(q.field() + ":" + q.value());
          case Question.Text q -> page(q.one() + " AND " + q.other());
          case Question.Wildcard q -> page(q.field() + ":" + q.pattern());
          // One more than asked for: the last begins where the corpus ends.
          case Question.Counts q ->
              "/histogram?bins=61&q="
                  + Http.quoted(q.isOfAll() ? "" : q.one() + " AND " + q.other());
          case Question.Top q -> "/top?field=" + q.field() + "&limit=" + q.values();
        };
    return Http.Call.get(
        "/api/v1/events" + at + "&from=" + question.from() + "&to=" + question.to());
  }

  private static String page(String query) {
    return "?limit=" + Question.PAGE + "&q=" + Http.quoted(query);
  }

  @Override
  public byte[] send(Http.Call call) throws IOException {
    return http.send(call);
  }

  @Override
  public Answer answer(Question question) throws IOException {
    var said = JSON.readTree(send(call(question)));
    return switch (question) {
      case Question.Counts _ -> counts(said.path("bins"), "total");
      case Question.Top _ -> counts(said.path("items"), "count");
      default -> rows(said);
    };
  }

  private static Answer rows(JsonNode said) {
    if (!said.path("exact").asBoolean(true)) {
      throw new IllegalStateException("a question was not answered in time: " + said);
    }
    var times = new ArrayList<Long>();
    said.path("items")
        .forEach(row -> times.add(Instant.parse(row.path("@timestamp").asText()).toEpochMilli()));
    return new Answer(said.path("total").asLong(), times);
  }

  private static Answer counts(JsonNode list, String name) {
    var counts = new ArrayList<Long>();
    list.forEach(one -> counts.add(one.path(name).asLong()));
    counts.removeIf(count -> count == 0);
    return new Answer(counts.stream().mapToLong(Long::longValue).sum(), counts);
  }

  @Override
  public void end() throws IOException {
    process.close();
  }

  @Override
  public void begin() throws IOException {
    process = start(home);
    http = http(process);
    if (held > 0) {
      process.await(held);
    }
  }

  private static FarolReceiver start(Path home) throws IOException {
    return new FarolReceiver(List.of("bench", "--searcher", home.toString()));
  }

  private static Http http(FarolReceiver process) throws IOException {
    return new Http(process.at("api"), Optional.of(process.at("token")));
  }
}
