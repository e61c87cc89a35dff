package mo.farol.page;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a browser without JavaScript: keeps cookies, sends forms with their word. */
public final class Visitor {
  private static final Pattern CSRF = Pattern.compile("data-csrf=\"([^\"]*)\"");
  private final SmallCentre centre;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private String csrf = "";

  public Visitor(SmallCentre centre) {
    this.centre = centre;
  }

  /** Signs in; the answer is where the browser is sent. */
  public HttpResponse<String> signIn(String name) {
    var answer =
        post("/sign-in", Map.of("name", name, "password", SmallCentre.PASSWORD, "next", "/"));
    get("/help");
    return answer;
  }

  /** Is signed in, as a test needs it whose subject is not how one signs in. */
  public void enter(String name) {
    var session = centre.sessions.begin(centre.accounts.find(name).orElseThrow());
    cookies.put(centre.cookie(), session.id());
    get("/help");
  }

  /** Opens an address. */
  public HttpResponse<String> get(String path, String... headers) {
    var request = HttpRequest.newBuilder(centre.address(path)).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    var answer = send(request);
    var word = CSRF.matcher(answer.body());
    if (word.find()) {
      csrf = word.group(1);
    }
    return answer;
  }

  /** Sends a form with the word of the page that was opened last. */
  public HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
    var fields = new LinkedHashMap<>(form);
    fields.putIfAbsent("csrf", csrf);
    String body =
        fields.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(centre.address(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Sends a form whose answer is a file. */
  public byte[] bytes(String path, Map<String, String> form) {
    return post(path, form).body().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Asks the API as a program does, with a token. */
  public HttpResponse<String> api(String token, String method, String path, String json) {
    var body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
    return send(
        HttpRequest.newBuilder(URI.create(centre.address("/api/v1") + path))
            .header("Authorization", "Bearer " + token)
            .method(method, body));
  }

  /** Cookies as the server set them. */
  public Map<String, String> cookies() {
    return cookies;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      var answer = client.send(request.timeout(Duration.ofSeconds(30)).build(), Visitor::body);
      answer.headers().allValues("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  // A file's bytes stay as they are.
  private static HttpResponse.BodySubscriber<String> body(HttpResponse.ResponseInfo info) {
    boolean isFile = info.headers().firstValue("Content-Type").orElse("").equals("application/zip");
    return HttpResponse.BodySubscribers.ofString(
        isFile ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  private void keep(String header) {
    List<String> pair = List.of(header.split(";", 2)[0].split("=", 2));
    if (pair.get(1).isEmpty()) {
      cookies.remove(pair.getFirst());
    } else {
      cookies.put(pair.getFirst(), pair.get(1));
    }
  }
}
