package mo.farol.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import mo.farol.centre.Folders;

/** A second peer, where its program is given: VictoriaLogs, a store without a word index. */
final class VictoriaLogs implements Engine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INSERT =
      "/insert/jsonline?_stream_fields=host.name,event.dataset&_time_field=@timestamp"
          + "&_msg_field=message";
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long END_SECONDS = 60;

  private final Path program;
  private final Path home;
  private String base;
  private Process process;
  private Http http;

  /**
   * @param program its binary
   * @param home a fresh folder
   */
  VictoriaLogs(Path program, Path home) throws IOException, InterruptedException {
    this.program = program;
    this.home = home;
    Files.createDirectories(home);
    int port = RsyslogReceiver.freePort();
    base = "http://127.0.0.1:" + port;
    process = start(port);
    http = new Http(base, Optional.empty());
    awaitListener();
  }

  @Override
  public String name() {
    return "victorialogs";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "stream fields host.name and event.dataset, 4 GiB allowed, else as by default",
        "JSON with the fields ready made, one document a line, requests of %,d by 2 clients"
            .formatted(Corpus.CHUNK),
        "words asked in any case, i(word), as the others answer");
  }

  @Override
  public Generator load(Corpus corpus, int first, int end)
      throws IOException, InterruptedException {
    return new Pour(corpus.folder(), first, end, base + INSERT, Corpus.Form.LINES.ending()).run();
  }

  @Override
  public void awaitSearchable(long events) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    for (long found = count("*", ""); found < events; found = count("*", "")) {
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IOException("victorialogs holds %,d of %,d events".formatted(found, events));
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void commit() throws IOException {
    http.send(Http.Call.get("/internal/force_flush"));
  }

  @Override
  public ProcessCost cost() throws IOException {
    return ProcessCost.of(process.pid());
  }

  @Override
  public SequencedMap<String, Long> bytes() throws IOException {
    return new LinkedHashMap<>(Map.of("data", Folders.size(home)));
  }

  @Override
  public Http.Call call(Question question) {
    return asked(question);
  }

  static Http.Call asked(Question question) {
    String filter = Http.quoted(filter(question));
    String during = during(question);
    return Http.Call.get(
        switch (question) {
          case Question.Counts _ ->
              "/select/logsql/hits?query=%s%s&step=%dm"
                  .formatted(filter, during, Question.BIN.toMinutes());
          case Question.Top q ->
              query(filter(q) + " | top %d by (\"%s\")".formatted(q.values(), q.field()), during);
          default -> query(filter(question), during) + "&limit=" + Question.PAGE;
        });
  }

  private static String query(String query, String during) {
    return "/select/logsql/query?query=" + Http.quoted(query) + during;
  }

  private static String during(Question question) {
    return "&start=" + question.from() + "&end=" + question.to();
  }

  private static String filter(Question question) {
    return switch (question) {
      case Question.Term q -> "\"%s\":=\"%s\"".formatted(q.field(), q.value());
      case Question.Text q -> "i(%s) i(%s)".formatted(q.one(), q.other());
      case Question.Wildcard q -> "\"%s\":~\"%s\"".formatted(q.field(), expression(q.pattern()));
      case Question.Counts q -> q.isOfAll() ? "*" : "i(%s) i(%s)".formatted(q.one(), q.other());
      case Question.Top q -> "\"%s\":*".formatted(q.field());
    };
  }

  // *seg*.js as a regular expression inside quotes.
  private static String expression(String pattern) {
    return "^" + pattern.replace(".", "\\\\.").replace("*", ".*") + "$";
  }

  @Override
  public byte[] send(Http.Call call) throws IOException {
    return http.send(call);
  }

  @Override
  public Answer answer(Question question) throws IOException {
    String said = new String(send(call(question)), UTF_8);
    boolean isPage = !(question instanceof Question.Counts || question instanceof Question.Top);
    return read(question, said, isPage ? count(filter(question), during(question)) : 0);
  }

  /**
   * What it said.
   *
   * @param total events that match, where rows were asked for
   */
  static Answer read(Question question, String said, long total) throws IOException {
    return switch (question) {
      case Question.Counts _ -> bins(JSON.readTree(said).path("hits").path(0).path("values"));
      case Question.Top _ -> tops(said);
      default -> rows(said, total);
    };
  }

  private static Answer bins(JsonNode values) {
    var counts = new ArrayList<Long>();
    values.forEach(value -> counts.add(value.asLong()));
    counts.removeIf(count -> count == 0);
    return new Answer(counts.stream().mapToLong(Long::longValue).sum(), counts);
  }

  private static Answer tops(String lines) throws IOException {
    var counts = new ArrayList<Long>();
    for (String line : lines.lines().toList()) {
      counts.add(JSON.readTree(line).path("hits").asLong());
    }
    return new Answer(counts.stream().mapToLong(Long::longValue).sum(), counts);
  }

  private static Answer rows(String lines, long total) throws IOException {
    var times = new ArrayList<Long>();
    for (String line : lines.lines().toList()) {
      times.add(Instant.parse(JSON.readTree(line).path("_time").asText()).toEpochMilli());
    }
    times.sort((a, b) -> Long.compare(b, a));
    return new Answer(total, times);
  }

  private long count(String filter, String during) throws IOException {
    String said =
        new String(send(Http.Call.get(query(filter + " | stats count() n", during))), UTF_8);
    return said.isBlank() ? 0 : JSON.readTree(said).path("n").asLong();
  }

  @Override
  public void begin() throws IOException, InterruptedException {
    int port = RsyslogReceiver.freePort();
    base = "http://127.0.0.1:" + port;
    process = start(port);
    http = new Http(base, Optional.empty());
    awaitListener();
  }

  @Override
  public void end() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process start(int port) throws IOException {
    return new ProcessBuilder(
            program.toString(),
            "-storageDataPath=" + home,
            "-httpListenAddr=127.0.0.1:" + port,
            "-retentionPeriod=100y",
            "-memory.allowedBytes=4GiB",
            "-loggerLevel=ERROR")
        .inheritIO()
        .start();
  }

  private void awaitListener() throws IOException, InterruptedException {
    for (int i = 0; i < 500; i++) {
      try {
        http.send(Http.Call.get("/health"));
        return;
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException("victorialogs ended with status " + process.exitValue(), e);
        }
        Thread.sleep(20);
      }
    }
    throw new IOException("victorialogs does not listen");
  }
}
