package mo.farol.indicator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mo.farol.disk.AtomicFile;

/**
 * Asks a TAXII 2.1 server for its collections and their objects. Certificates are checked as the
 * Java runtime does, redirects are not followed (they could carry a password elsewhere), answers
 * are bounded in bytes, time and number. Blocks; one thread at a time.
 */
public final class TaxiiClient implements AutoCloseable {
  /** TAXII 2.1 section 1.6.8.1. */
  static final String MEDIA = "application/taxii+json;version=2.1";

  private static final Set<String> PAGE = Set.of("more", "next");
  private static final Set<String> COLLECTION = Set.of("id", "title", "can_read");

  private final TaxiiConfig config;
  private final HttpClient http;

  /** A client of one API root; asks nothing yet. */
  public TaxiiClient(TaxiiConfig config) {
    this(
        config,
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.timeout())
            .build());
  }

  TaxiiClient(TaxiiConfig config, HttpClient http) {
    this.config = config;
    this.http = http;
  }

  /** The collections of the API root, section 5.1; a {@link TaxiiFault} where they can't be had. */
  public List<TaxiiCollection> collections() {
    var found = new ArrayList<TaxiiCollection>();
    var answer = ask(config.base().resolve("collections/"));
    try (var json = new JsonStream(new ByteArrayInputStream(answer.body()))) {
      json.first(
          Set.of(),
          (name, start) -> {
            if (!name.equals("collections") || !start.isStructStart()) {
              return false;
            }
            json.each(() -> found.add(collection(json.object(COLLECTION))));
            return true;
          });
      return found;
    } catch (IOException e) {
      throw new TaxiiFault("the collections of " + config.root() + " are broken JSON", e);
    }
  }

  private static TaxiiCollection collection(Map<String, JsonNode> object) {
    return new TaxiiCollection(
        JsonStream.text(object, "id"),
        JsonStream.text(object, "title"),
        JsonStream.text(object, "can_read").equals("true"));
  }

  /**
   * Hands over the objects of a collection page by page, section 5.4. A server that says there is
   * more without saying where is asked for what it added after the last it gave, section 3.5.
   *
   * @param addedAfter only what was added after this; empty for all
   */
  public TaxiiPages.Progress objects(
      String collection, Optional<Instant> addedAfter, TaxiiPages out) {
    var seen = new HashSet<String>();
    var after = addedAfter;
    String next = "";
    Optional<Instant> last = Optional.empty();
    long bytes = 0;
    for (int pages = 1; ; pages++) {
      var answer = ask(uri(collection, after, next));
      bytes += answer.body().length;
      if (bytes > config.bytes()) {
        throw new TaxiiFault(collection + " has more than " + config.bytes() + " bytes");
      }
      var before = last;
      last = later(last, answer);
      hand(answer.body(), out);
      var page = page(answer.body());
      if (!JsonStream.text(page, "more").equals("true")) {
        return new TaxiiPages.Progress(pages, last);
      }
      next = JsonStream.text(page, "next");
      if (next.isEmpty() && last.isPresent() && !last.equals(before)) {
        after = last;
      } else if (next.isEmpty() || !seen.add(next)) {
        throw new TaxiiFault(
            config.root() + " says that there is more of " + collection + " but not where");
      }
      if (pages == config.pages()) {
        throw new TaxiiFault(collection + " has more than " + pages + " pages; ask for less");
      }
    }
  }

  /**
   * Writes a collection to a file that {@link Format#STIX} reads; the file is replaced once all of
   * it is there. What is asked for after a time is added to what the file holds, a newer version in
   * place of the older.
   */
  public TaxiiPages.Progress save(String collection, Optional<Instant> addedAfter, Path file) {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".fresh");
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      var progress = fetch(collection, addedAfter, fresh);
      if (addedAfter.isPresent() && Files.exists(file)) {
        StixMerge.merge(file, fresh, draft, config.bytes());
      } else {
        Files.move(fresh, draft, StandardCopyOption.REPLACE_EXISTING);
      }
      AtomicFile.place(draft, file);
      return progress;
    } catch (IOException e) {
      throw new TaxiiFault("can't write " + file + ": " + e.getMessage(), e);
    } finally {
      remove(fresh);
      remove(draft);
    }
  }

  private TaxiiPages.Progress fetch(String collection, Optional<Instant> addedAfter, Path file)
      throws IOException {
    try (var out = Files.newOutputStream(file)) {
      return objects(
          collection,
          addedAfter,
          envelope -> {
            envelope.transferTo(out);
            out.write('\n');
          });
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // it is written over the next time
    }
  }

  private URI uri(String collection, Optional<Instant> addedAfter, String next) {
    var query = new ArrayList<String>();
    addedAfter.ifPresent(at -> query.add("added_after=" + encoded(at.toString())));
    if (!next.isEmpty()) {
      query.add("next=" + encoded(next));
    }
    String text = "collections/" + encoded(collection) + "/objects/";
    return config.base().resolve(query.isEmpty() ? text : text + "?" + String.join("&", query));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpResponse<byte[]> ask(URI uri) {
    var request = HttpRequest.newBuilder(uri).timeout(config.timeout()).header("Accept", MEDIA);
    if (!config.authorization().isEmpty()) {
      request.header("Authorization", config.authorization());
    }
    try {
      var response = within(http.sendAsync(request.build(), this::bounded));
      check(uri, response);
      return response;
    } catch (IOException e) {
      throw new TaxiiFault("can't ask " + uri + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaxiiFault("asking " + uri + " was interrupted", e);
    }
  }

  // A request's own timeout ends with its headers; this one is for the body too.
  private HttpResponse<byte[]> within(CompletableFuture<HttpResponse<byte[]>> answer)
      throws IOException, InterruptedException {
    try {
      return answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no whole answer within " + config.timeout().toSeconds() + " s", e);
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), e);
    }
  }

  private HttpResponse.BodySubscriber<byte[]> bounded(HttpResponse.ResponseInfo info) {
    return new BoundedBody(config.pageBytes());
  }

  private static void check(URI uri, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status != 200) {
      throw new TaxiiFault(uri + " answered " + status + ": " + advice(status, response));
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/taxii+json")) {
      throw new TaxiiFault(uri + " answered '" + type + "', not TAXII; is it an API root of 2.1?");
    }
  }

  private static String advice(int status, HttpResponse<byte[]> response) {
    return switch (status) {
      case 401, 403 -> "name, password or token are not accepted, or not for this collection";
      case 404 -> "no such API root or collection";
      case 406 -> "the server doesn't speak TAXII 2.1";
      case 429, 503 ->
          "try again after "
              + response.headers().firstValue("Retry-After").orElse("some")
              + " seconds";
      default ->
          status / 100 == 3
              ? "redirects are not followed; use "
                  + response.headers().firstValue("Location").orElse("the new address")
              : "the server's own log says why";
    };
  }

  private static void hand(byte[] body, TaxiiPages out) {
    try (InputStream in = new ByteArrayInputStream(body)) {
      out.page(in);
    } catch (IOException e) {
      throw new TaxiiFault("a page could not be taken: " + e.getMessage(), e);
    }
  }

  private static Map<String, JsonNode> page(byte[] body) {
    try (var json = new JsonStream(new ByteArrayInputStream(body))) {
      return json.first(PAGE);
    } catch (IOException e) {
      throw new TaxiiFault("a page is broken JSON: " + e.getMessage(), e);
    }
  }

  private static Optional<Instant> later(Optional<Instant> last, HttpResponse<byte[]> answer) {
    try {
      var added = answer.headers().firstValue("X-TAXII-Date-Added-Last");
      var now = added.isEmpty() ? last : Optional.of(TimeText.read(added.get()));
      return last.isPresent() && now.isPresent() && last.get().isAfter(now.get()) ? last : now;
    } catch (Unreadable e) {
      return last;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
