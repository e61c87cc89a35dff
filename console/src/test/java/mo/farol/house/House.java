package mo.farol.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Key;

/** The whole of Farol on free ports of loopback, with a client that speaks as whoever is asked. */
final class House implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Farol farol;
  private final String operator;

  static final Person OLGA = new Person("olga", "Olga", Role.OPERATOR, Optional.empty());

  private House(Farol farol) {
    this.farol = farol;
    this.operator = token(OLGA);
  }

  static House open(Path home, String... sets) {
    return new House(Farol.open(config(home, sets)).start());
  }

  static Config config(Path home, String... sets) {
    var all = new ArrayList<>(anyPorts());
    all.add("console.tls=false");
    all.addAll(List.of(sets));
    return Config.read(home, Optional.empty(), all);
  }

  /** Every listener on any free port. */
  static List<String> anyPorts() {
    return Arrays.stream(Key.values()).filter(Key::isPort).map(key -> key.key() + "=0").toList();
  }

  Farol farol() {
    return farol;
  }

  String token(Person person) {
    return farol.desk().people().tokens().api(person, "test", Optional.empty(), "test");
  }

  /** Sends lines over one TCP connection, LF framing. */
  void syslog(String listener, List<String> lines) throws IOException {
    InetSocketAddress to = farol.listener(listener);
    try (var socket = new Socket(to.getAddress(), to.getPort())) {
      socket
          .getOutputStream()
          .write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sends a line as one datagram. */
  void datagram(String listener, String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try (var socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, farol.listener(listener)));
    }
  }

  /** Posts a body to the HTTP input; gives the status. */
  int post(String token, byte[] body) throws IOException, InterruptedException {
    InetSocketAddress to = farol.listener("intake.http");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.getPort() + "/v1/events"))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(getAs(operator, path).body());
  }

  HttpResponse<String> getAs(String token, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(farol.console() + "/api/v1" + path))
            .header("Authorization", "Bearer " + token)
            .GET()
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String json)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(farol.console() + "/api/v1" + path))
            .header("Authorization", "Bearer " + operator)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What {@code /healthz} says to anybody. */
  String healthz() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(farol.console() + "/healthz")).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  JsonNode search(String query) throws IOException, InterruptedException {
    return get(
        "/events?from=2025-01-01T00:00:00Z&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  /** Whether all that was received is searchable and detected. */
  boolean isSettled(long count) {
    var status = farol.status();
    return status.received() >= count
        && status.indexed() >= status.received()
        && status.detected() >= status.received();
  }

  @Override
  public void close() {
    farol.close();
    client.close();
  }
}
