package mo.farol.api;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import mo.farol.flow.Replay;
import mo.farol.incident.Incidents;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.Deeds;
import mo.farol.onboard.Onboarding;
import mo.farol.parse.SourceRules;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Runs;
import mo.farol.proof.Prover;
import mo.farol.report.Reports;
import mo.farol.seal.Seal;
import mo.farol.search.Search;
import mo.farol.silence.Sources;
import mo.farol.web.Route;

/** Every endpoint of the API, and the OpenAPI 3.1 document that is made of the same table. */
public final class Api {
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");
  private final List<Endpoint> endpoints = new ArrayList<>();

  public Api(
      Onboarding onboarding,
      Search search,
      Supplier<Status> status,
      Sources sources,
      Replay replay,
      AlertQueue alerts,
      Incidents incidents,
      Playbooks playbooks,
      Runs runs,
      Reports reports,
      Imports imports,
      Seal seal,
      Prover prover,
      Deeds deeds,
      SourceRules rules,
      InstantSource clock) {
    var proofs = new SealApi(seal, prover, search, deeds);
    var events = new EventsApi(search, replay, proofs, clock);
    endpoints.addAll(events.endpoints());
    endpoints.addAll(proofs.endpoints());
    endpoints.addAll(new AlertsApi(alerts).endpoints());
    endpoints.addAll(new IncidentsApi(incidents).endpoints());
    endpoints.addAll(new RunsApi(playbooks, runs).endpoints());
    endpoints.addAll(new ReportsApi(reports).endpoints());
    endpoints.addAll(new AgenciesApi(onboarding, search, events::whole, sources).endpoints());
    endpoints.addAll(new CentreApi(status, seal::sealed, sources, imports).endpoints());
    endpoints.addAll(new ParseApi(rules, clock).endpoints());
    endpoints.add(Endpoint.get("/openapi.json", "This document.", this::document));
  }

  /** The routes a server serves. */
  public List<Route> routes() {
    return endpoints.stream().map(Endpoint::route).toList();
  }

  private void document(Context context) {
    var root = Answers.object();
    root.put("openapi", "3.1.0");
    root.putObject("info").put("title", "Farol").put("version", "1");
    root.putArray("servers").addObject().put("url", "/api/v1");
    var schemes = root.putObject("components").putObject("securitySchemes");
    schemes.putObject("token").put("type", "http").put("scheme", "bearer");
    root.putArray("security").addObject().putArray("token");
    var paths = root.putObject("paths");
    for (var endpoint : endpoints) {
      var operation =
          paths
              .withObjectProperty(endpoint.path())
              .putObject(endpoint.method().toString().toLowerCase(java.util.Locale.ROOT));
      operation.put("summary", endpoint.summary());
      var parameters = operation.putArray("parameters");
      PATH_PARAMETER
          .matcher(endpoint.path())
          .results()
          .forEach(
              m ->
                  parameters
                      .addObject()
                      .put("name", m.group(1))
                      .put("in", "path")
                      .put("required", true)
                      .putObject("schema")
                      .put("type", "string"));
      endpoint
          .parameters()
          .forEach(
              name ->
                  parameters
                      .addObject()
                      .put("name", name)
                      .put("in", "query")
                      .putObject("schema")
                      .put("type", "string"));
      var responses = operation.putObject("responses");
      responses.putObject("200").put("description", "As asked.");
      responses
          .putObject("default")
          .put("description", "A problem, RFC 9457.")
          .putObject("content")
          .putObject("application/problem+json");
    }
    Answers.send(context, root);
  }
}
