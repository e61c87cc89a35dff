package mo.farol.elastic;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import mo.farol.post.Answer;
import mo.farol.post.Call;
import mo.farol.post.ObjectsBody;
import mo.farol.post.Protocol;
import mo.farol.post.Reception;
import mo.farol.post.Refusal;
import mo.farol.post.Step;
import mo.farol.wire.Inlet;

/**
 * {@code /_bulk}, {@code /INDEX/_bulk}, single documents, and what clients ask before. Asked last
 * whose a path is, for any name may be an index.
 */
public final class Elasticsearch implements Protocol {
  // Logstash packs 20 MiB into one request.
  private static final long BULK_BYTES = 32 << 20;
  private static final Set<String> DOCUMENTS = Set.of("_doc", "_create");
  private static final Pattern INDEX =
      Pattern.compile("[A-Za-z0-9.<%][A-Za-z0-9._<>{}%+@-]{0,254}");
  private static final String NONE = "";

  private final int frameLimit;

  public Elasticsearch(Inlet inlet) {
    this(inlet.frameLimit());
  }

  Elasticsearch(int frameLimit) {
    this.frameLimit = frameLimit;
  }

  @Override
  public String name() {
    return "http.bulk";
  }

  @Override
  public boolean owns(String path) {
    String place = place(path);
    return path.equals("/")
        || place.equals("_bulk")
        || DOCUMENTS.contains(place)
        || Handshake.owns(place)
        || isIndex(path);
  }

  @Override
  public long bodyBytes() {
    return BULK_BYTES;
  }

  @Override
  public Step begin(Call call) {
    String place = place(call.path());
    boolean writes = call.method().equals("POST") || call.method().equals("PUT");
    if (place.equals("_bulk") || DOCUMENTS.contains(place)) {
      return writes ? body(call, place) : new Step.Refused(Refusal.WRONG_METHOD);
    }
    if (call.path().equals("/")) {
      return Handshake.isReading(call)
          ? new Step.Now(Handshake.root(call))
          : new Step.Refused(Refusal.WRONG_METHOD);
    }
    // An index can be looked for and made; what is posted to its bare name would be lost.
    return place.equals(NONE) && !call.method().equals("HEAD") && !call.method().equals("PUT")
        ? new Step.Refused(Refusal.WRONG_METHOD)
        : new Step.Body(Reception.ignoring(Handshake.at(call, place)));
  }

  @Override
  public Answer refuse(Call call, Refusal refusal) {
    var why = refusal.retriable();
    String type =
        switch (why.status()) {
          case 401, 403 -> "security_exception";
          case 503 -> "es_rejected_execution_exception";
          default -> "illegal_argument_exception";
        };
    String cause =
        "\"type\":\"%s\",\"reason\":\"%s. %s\"".formatted(type, why.title(), why.detail());
    String json =
        "{\"error\":{\"root_cause\":[{%1$s}],%1$s},\"status\":%2$d}".formatted(cause, why.status());
    var answer = Answer.refusing(why, why.status(), "application/json", json);
    return why.status() == 401
        ? answer.with("WWW-Authenticate", "Basic realm=\"farol\", Bearer, ApiKey")
        : answer;
  }

  @Override
  public Answer dress(Call call, Answer answer) {
    return Media.dress(call, answer);
  }

  private Step body(Call call, String place) {
    String index = index(call.path());
    return new Step.Body(
        place.equals("_bulk")
            ? new BulkBody(
                frameLimit, new BulkAnswer(index, Filter.of(call.parameter("filter_path"))))
            : new ObjectsBody(frameLimit, "", sequence -> created(index, sequence)));
  }

  // A document sent by itself.
  private static Answer created(String index, long sequence) {
    return Answer.json(
        201,
        "{\"_index\":\"%s\",\"_id\":\"%2$d\",\"_version\":1,\"result\":\"created\",\"_seq_no\":%2$d,\"_primary_term\":1}"
            .formatted(index, sequence));
  }

  // The first part of a path that begins with an underscore.
  private static String place(String path) {
    for (String part : path.split("/", 8)) {
      if (part.startsWith("_")) {
        return part.toLowerCase(Locale.ROOT);
      }
    }
    return NONE;
  }

  private static boolean isIndex(String path) {
    return path.length() > 1
        && path.indexOf('/', 1) < 0
        && INDEX.matcher(path.substring(1)).matches();
  }

  private static String index(String path) {
    int end = path.indexOf('/', 1);
    String name = end < 0 ? NONE : path.substring(1, end);
    return !name.startsWith("_") && INDEX.matcher(name).matches() ? name : "farol";
  }
}
