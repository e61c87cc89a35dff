package mo.farol.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import mo.farol.centre.Folders;

/**
 * The peer: one OpenSearch node with one index, every field mapped by name, set up in its own
 * favour where that changes no answer.
 */
final class OpenSearch implements Engine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INDEX = "/events";
  private static final String SAYS = "http=";
  private static final String HEAP = "2g";
  private static final long END_SECONDS = 60;

  // OpenSearch's own jvm.options for Java 25, and what its launcher adds. Left out in its favour:
  // touching all of the heap at the start, the agent that watches plugins, the log of the GC.
  private static final List<String> FLAGS =
      List.of(
          "-Xms" + HEAP,
          "-Xmx" + HEAP,
          "-XX:+UseG1GC",
          "-XX:G1ReservePercent=25",
          "-XX:InitiatingHeapOccupancyPercent=30",
          "-XX:+UseCompactObjectHeaders",
          "-XX:-OmitStackTraceInFastThrow",
          "-Xss1m",
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
          "-Djava.awt.headless=true",
          "-Djna.nosys=true",
          "-Dio.netty.noUnsafe=true",
          "-Dio.netty.noKeySetOptimization=true",
          "-Dio.netty.recycler.maxCapacityPerThread=0",
          "-Dio.netty.allocator.numDirectArenas=0",
          "-Dlog4j.shutdownHookEnabled=false",
          "-Dlog4j2.disable.jmx=true");

  /** A node that runs. */
  private record Node(Process process, String base, Http http) {}

  private final String classPath;
  private final Path home;
  private Node node;

  /**
   * @param classPath of {@link OpenSearchJars}
   * @param home a fresh folder
   * @param fields of the documents
   */
  OpenSearch(String classPath, Path home, SortedSet<String> fields) throws IOException {
    this.classPath = classPath;
    this.home = home;
    Files.createDirectories(home);
    node = start();
    node.http.send(Http.Call.put(INDEX, OpenSearchRequests.index(fields)));
    awaitShard();
  }

  @Override
  public String name() {
    return "opensearch";
  }

  @Override
  public List<String> settings() throws IOException {
    var version = JSON.readTree(node.http.send(Http.Call.get("/"))).path("version");
    return List.of(
        "%s (Lucene %s), one node of its Maven jars; index: %s"
            .formatted(
                version.path("number").asText(),
                version.path("lucene_version").asText(),
                OpenSearchRequests.SETTINGS),
        "every field mapped by name (ip, long, keyword), message as text without norms, nothing"
            + " dynamic; the raw line is not kept beside the message, in its favour",
        "JSON with the fields ready made, _bulk requests of %,d documents (about 5 MB) by 2 clients; translog synced with each, its default"
            .formatted(Corpus.CHUNK),
        "request cache off for every query; rows with _source; totals counted up to 10,000, its"
            + " default",
        "JVM: " + String.join(" ", FLAGS));
  }

  @Override
  public Generator load(Corpus corpus, int first, int end)
      throws IOException, InterruptedException {
    String to = node.base + INDEX + "/_bulk?filter_path=errors";
    return new Pour(corpus.folder(), first, end, to, Corpus.Form.BULK.ending()).run();
  }

  /** Refreshes at once instead of waiting for the next time. */
  @Override
  public void awaitSearchable(long events) throws IOException {
    node.http.send(Http.Call.post(INDEX + "/_refresh", ""));
    var said = JSON.readTree(node.http.send(Http.Call.get(INDEX + "/_count")));
    long found = said.path("count").asLong();
    if (found != events) {
      throw new IOException("opensearch holds %,d of %,d events".formatted(found, events));
    }
  }

  @Override
  public void commit() throws IOException {
    node.http.send(Http.Call.post(INDEX + "/_flush", ""));
  }

  @Override
  public ProcessCost cost() throws IOException {
    return ProcessCost.of(node.process.pid());
  }

  @Override
  public SequencedMap<String, Long> bytes() throws IOException {
    return new LinkedHashMap<>(Map.of("data", Folders.size(home.resolve("data"))));
  }

  @Override
  public Http.Call call(Question question) {
    return search(question, false);
  }

  @Override
  public byte[] send(Http.Call call) throws IOException {
    return node.http.send(call);
  }

  @Override
  public Answer answer(Question question) throws IOException {
    return OpenSearchRequests.read(question, send(search(question, true)));
  }

  @Override
  public void begin() throws IOException {
    node = start();
    awaitShard();
  }

  @Override
  public void end() throws IOException {
    node.process.getOutputStream().close();
    try {
      if (!node.process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        node.process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Http.Call search(Question question, boolean exact) {
    return Http.Call.post(
        INDEX + "/_search?request_cache=false", OpenSearchRequests.body(question, exact));
  }

  private Node start() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", classPath, "mo.farol.peer.OpenSearchNode", home.toString()));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = ChildJvm.reader(process).readLine();
    if (said == null || !said.startsWith(SAYS)) {
      process.destroyForcibly();
      throw new IOException("opensearch did not start: " + said);
    }
    String base = "http://" + said.substring(SAYS.length());
    return new Node(process, base, new Http(base, Optional.empty()));
  }

  private void awaitShard() throws IOException {
    node.http.send(
        Http.Call.get("/_cluster/health" + INDEX + "?wait_for_status=green&timeout=60s"));
  }
}
