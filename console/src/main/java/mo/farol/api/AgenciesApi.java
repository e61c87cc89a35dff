package mo.farol.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mo.farol.account.Certificate;
import mo.farol.account.Certificates;
import mo.farol.account.IngestTerms;
import mo.farol.account.Network;
import mo.farol.account.Token;
import mo.farol.event.Agency;
import mo.farol.onboard.Forwarder;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.Snippets;
import mo.farol.search.EventReader;
import mo.farol.search.Search;
import mo.farol.silence.SourceHealth;
import mo.farol.silence.Sources;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /agencies}: who sends, and what with. */
final class AgenciesApi {
  private static final int MOST_WAIT_SECONDS = 30;

  private final Onboarding onboarding;
  private final Search search;
  private final Function<EventReader.Recalled, ObjectNode> whole;
  private final Sources sources;

  /**
   * @param whole one event as the API shows it
   */
  AgenciesApi(
      Onboarding onboarding,
      Search search,
      Function<EventReader.Recalled, ObjectNode> whole,
      Sources sources) {
    this.onboarding = onboarding;
    this.search = search;
    this.whole = whole;
    this.sources = sources;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/agencies", "Agencies with the state of their senders.", this::list),
        Endpoint.post("/agencies", "Adds an agency: {\"id\",\"name\"}.", this::add),
        Endpoint.get("/agencies/{id}", "One agency.", this::one),
        Endpoint.get("/agencies/{id}/tokens", "Its ingest tokens that stand.", this::tokens),
        Endpoint.post(
            "/agencies/{id}/tokens",
            "Makes an ingest token, shown only in this answer:"
                + " {\"label\",\"from\":[CIDR],\"days\"}.",
            this::makeToken),
        Endpoint.get("/agencies/{id}/certificates", "Its certificates.", this::certificates),
        Endpoint.post(
            "/agencies/{id}/certificates",
            "Issues a certificate, or signs a request: {\"days\",\"csr\"}; files in base64, only in"
                + " this answer.",
            this::makeCertificate),
        Endpoint.post(
            "/agencies/{id}/revoke",
            "Revokes a certificate or a token: {\"id\"}; without one all that it has.",
            this::revoke),
        Endpoint.get(
            "/agencies/{id}/snippets/{forwarder}",
            "What to paste into a forwarder.",
            this::snippet,
            "host"),
        Endpoint.get(
            "/agencies/{id}/next",
            "The next line that arrives, parsed; waits for it.",
            this::next,
            "from",
            "wait"),
        Endpoint.post(
            "/agencies/{id}/test", "Sends a line of it through the HTTP input.", this::test));
  }

  private void list(Context context) {
    var scope = Caller.of(context).scope();
    var health = sources.health(scope);
    var all = onboarding.agencies().all(scope);
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), a -> tree(a, health)));
  }

  private void add(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var body = Answers.body(context);
    String id = Answers.needed(body, "id");
    String name = body.path("name").asText("");
    var agency = new Agency(id, name.isBlank() ? id : name);
    onboarding.agencies().add(agency, caller.name());
    Answers.send(context.status(201), tree(agency, List.of()));
  }

  private void one(Context context) {
    Answers.send(context, tree(agency(context), sources.health(Caller.of(context).scope())));
  }

  private void tokens(Context context) {
    var all = onboarding.tokens().ofAgency(agency(context).id());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), AgenciesApi::tree));
  }

  private void makeToken(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var body = Answers.body(context);
    var from = new ArrayList<Network>();
    body.path("from").forEach(node -> from.add(Network.parse(node.asText())));
    var terms = new IngestTerms(body.path("label").asText("api"), days(body), from);
    String token = onboarding.tokens().ingest(agency(context).id(), terms, caller.name());
    context.header("Cache-Control", "no-store");
    Answers.send(context.status(201), Answers.object().put("token", token));
  }

  private void certificates(Context context) {
    var all = onboarding.certificates().of(agency(context).id());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), AgenciesApi::tree));
  }

  private void makeCertificate(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var body = Answers.body(context);
    var lifetime = days(body).orElse(Certificates.LIFETIME);
    String id = agency(context).id();
    String csr = body.path("csr").asText("");
    var bundle =
        csr.isBlank()
            ? onboarding.certificates().issue(id, lifetime, caller.name())
            : onboarding
                .certificates()
                .sign(id, csr.getBytes(StandardCharsets.UTF_8), lifetime, caller.name());
    var answer = Answers.object();
    answer.put("serial", bundle.issued().serial());
    answer.put("keySha256", bundle.issued().key());
    answer.put("until", bundle.issued().until().toString());
    var files = answer.putObject("files");
    bundle.files().forEach((name, b) -> files.put(name, Base64.getEncoder().encodeToString(b)));
    context.header("Cache-Control", "no-store");
    Answers.send(context.status(201), answer);
  }

  private void revoke(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    String agency = agency(context).id();
    String id = Answers.body(context).path("id").asText("");
    int revoked = id.isEmpty() ? all(agency, caller.name()) : one(agency, id, caller.name());
    if (revoked == 0 && !id.isEmpty()) {
      throw Answers.missing("certificate or token");
    }
    Answers.send(context, Answers.object().put("revoked", revoked));
  }

  private int all(String agency, String by) {
    return onboarding.certificates().revokeAll(agency, by)
        + onboarding.tokens().revokeAll(agency, by);
  }

  private int one(String agency, String id, String by) {
    boolean certificate =
        onboarding.certificates().find(id).filter(c -> c.agency().equals(agency)).isPresent();
    boolean token = onboarding.tokens().ofAgency(agency).stream().anyMatch(t -> t.id().equals(id));
    boolean done =
        certificate && onboarding.certificates().revoke(id, by)
            || token && onboarding.tokens().revoke(id, by);
    return done ? 1 : 0;
  }

  private void snippet(Context context) {
    var forwarder =
        Forwarder.named(context.pathParam("forwarder"))
            .orElseThrow(() -> Answers.missing("forwarder"));
    var reach = onboarding.reach().get();
    var asked = Answers.some(context, "host").map(reach::by).orElse(reach);
    Answers.send(
        context,
        Answers.object()
            .put("forwarder", forwarder.word())
            .put("file", forwarder.file())
            .put("promise", forwarder.promise().name().toLowerCase(java.util.Locale.ROOT))
            .put("text", Snippets.of(forwarder, agency(context).id(), asked, Optional.empty())));
  }

  private void next(Context context) throws InterruptedException {
    var agency = agency(context);
    long from = number(context, "from", onboarding.arrivals().now());
    var wait = Duration.ofSeconds(Math.min(MOST_WAIT_SECONDS, number(context, "wait", 10)));
    var arrived = onboarding.arrivals().next(Caller.of(context).name(), agency.id(), from, wait);
    var answer = Answers.object();
    answer.put("from", from);
    answer.putNull("event");
    if (arrived.isPresent()) {
      search
          .event(arrived.get().id(), Caller.of(context).scope())
          .ifPresent(
              found -> {
                answer.set("event", whole.apply(found));
                answer.put("truncated", arrived.get().truncated());
                answer.put("framingGuessed", arrived.get().guessed());
                answer.put(
                    "skewMillis",
                    Duration.between(found.event().occurredAt(), found.event().receivedAt())
                        .toMillis());
              });
    }
    Answers.send(context, answer);
  }

  private void test(Context context) throws InterruptedException {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var agency = agency(context);
    long from = onboarding.arrivals().now();
    onboarding.testLine().send(agency.id(), caller.name());
    Answers.send(context, Answers.object().put("from", from));
  }

  private Agency agency(Context context) {
    String id = context.pathParam("id");
    return onboarding.agencies().all(Caller.of(context).scope()).stream()
        .filter(a -> a.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Answers.missing("agency"));
  }

  private static Optional<Duration> days(JsonNode body) {
    var node = body.path("days");
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.canConvertToInt() || node.asInt() < 1) {
      throw new Refused(400, "Not understood", "days is a whole number of 1 or more.");
    }
    return Optional.of(Duration.ofDays(node.asInt()));
  }

  private static long number(Context context, String name, long otherwise) {
    return Answers.some(context, name)
        .filter(t -> t.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(otherwise);
  }

  private static ObjectNode tree(Agency agency, List<SourceHealth> health) {
    var own = health.stream().filter(s -> s.source().agency().equals(agency.id())).toList();
    var node = Answers.object().put("id", agency.id()).put("name", agency.name());
    node.put("senders", own.size());
    node.put("silent", own.stream().filter(SourceHealth::silent).count());
    node.put(
        "lastAt",
        own.stream()
            .map(SourceHealth::lastAt)
            .max(java.util.Comparator.naturalOrder())
            .map(Object::toString)
            .orElse(null));
    return node;
  }

  private static ObjectNode tree(Token token) {
    var node = Answers.object().put("id", token.id()).put("label", token.label());
    node.put("madeAt", token.createdAt().toString());
    node.put("endsAt", token.expiresAt().map(Object::toString).orElse(null));
    token.from().forEach(node.putArray("from")::add);
    return node;
  }

  private static ObjectNode tree(Certificate certificate) {
    var node = Answers.object().put("serial", certificate.serial());
    node.put("keySha256", certificate.key());
    node.put("issuedAt", certificate.issuedAt().toString());
    node.put("issuedBy", certificate.issuedBy());
    node.put("until", certificate.until().toString());
    node.put("revokedAt", certificate.revokedAt().map(Object::toString).orElse(null));
    return node;
  }
}
