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
import mo.farol.account.Certificate;
import mo.farol.account.Certificates;
import mo.farol.account.IngestTerms;
import mo.farol.account.Network;
import mo.farol.account.Token;
import mo.farol.event.Agency;
import mo.farol.onboard.Onboarding;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /agencies/{id}}: tokens and certificates an agency sends with. */
final class CredentialsApi {
  private final Onboarding onboarding;

  CredentialsApi(Onboarding onboarding) {
    this.onboarding = onboarding;
  }

  List<Endpoint> endpoints() {
    return List.of(
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
            this::revoke));
  }

  private void tokens(Context context) {
    var all = onboarding.tokens().ofAgency(agency(context).id());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), CredentialsApi::tree));
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
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), CredentialsApi::tree));
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

  private Agency agency(Context context) {
    return AskedAgency.of(context, onboarding.agencies());
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
