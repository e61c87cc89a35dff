package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mo.farol.account.Certificate;
import mo.farol.account.Certificates;
import mo.farol.account.IngestTerms;
import mo.farol.account.Network;
import mo.farol.account.Token;
import mo.farol.event.Agency;
import mo.farol.event.Excerpt;
import mo.farol.event.Scope;
import mo.farol.health.Ending;
import mo.farol.onboard.Arrivals;
import mo.farol.onboard.Forwarder;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.Snippets;
import mo.farol.onboard.TestRoutes;
import mo.farol.search.EventReader;
import mo.farol.search.Search;
import mo.farol.silence.SourceHealth;
import mo.farol.silence.Sources;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** One agency: what it sends with, what to paste, and its next line as it arrives. */
public final class SendersPage {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // Ten minutes of waiting, then the page asks whether it should go on.
  private static final int ROUNDS = 60;

  /**
   * What the template shows.
   *
   * @param endings what of it ends soon, or has ended
   * @param secret a token that was just made, shown only this once
   * @param snippet what to paste, or why there is none
   * @param routes how a test line can go from here
   * @param from sequence from which the next line is awaited
   * @param waits whether the page waits at once
   * @param missing events that its senders numbered and that never arrived
   * @param dropped its frames that arrived and were not kept, since the start
   */
  public record View(
      Shell shell,
      Agency agency,
      long missing,
      long dropped,
      List<Certificate> certificates,
      List<Token> tokens,
      List<Ending> endings,
      Optional<String> secret,
      Forwarder forwarder,
      String host,
      Snippet snippet,
      TestRoutes routes,
      long from,
      boolean waits,
      Instant now) {}

  /** A snippet, and a sentence that says why there is none or why it would not work. */
  public record Snippet(Optional<String> text, String fault) {}

  /**
   * The next line, or that none came yet.
   *
   * @param round how often the page has asked
   */
  public record Next(
      Shell shell, Agency agency, Optional<Came> came, long from, int round, boolean goesOn) {}

  /** A line with what happened to it on the way. */
  public record Came(Arrivals.Arrived arrived, EventReader.Recalled recalled) {
    /** How far the sender's time is ahead of ours; negative for behind. */
    public Duration skew() {
      return Duration.between(recalled.event().receivedAt(), recalled.event().occurredAt());
    }
  }

  private final Onboarding onboarding;
  private final Search search;
  private final Sources sources;
  private final InstantSource clock;

  SendersPage(Onboarding onboarding, Search search, Sources sources, InstantSource clock) {
    this.onboarding = onboarding;
    this.sources = sources;
    this.search = search;
    this.clock = clock;
  }

  void show(Context context) {
    show(context, agency(context), Optional.empty());
  }

  void token(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var agency = agency(context);
    var from =
        List.of(Asked.form(context, "from").strip().split("[ ,]+", -1)).stream()
            .filter(t -> !t.isEmpty())
            .map(Network::parse)
            .toList();
    String label = Asked.form(context, "label").strip();
    var lifetime = Asked.span(Asked.form(context, "ttl"));
    var terms =
        new IngestTerms(label.isEmpty() ? "console" : Excerpt.of(label, 80), lifetime, from);
    show(
        context,
        agency,
        Optional.of(onboarding.tokens().ingest(agency.id(), terms, caller.name())));
  }

  /** Answers with the files as one; they are kept nowhere. */
  void certificate(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var agency = agency(context);
    var request = Asked.form(context, "csr").strip();
    var lifetime = Asked.span(Asked.form(context, "days") + "d").orElse(Certificates.LIFETIME);
    var certificates = onboarding.certificates();
    var bundle =
        request.isEmpty()
            ? certificates.issue(agency.id(), lifetime, caller.name())
            : certificates.sign(
                agency.id(),
                request.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                lifetime,
                caller.name());
    String name = agency.id() + "-" + bundle.issued().serial().substring(0, 8);
    context.header("Content-Disposition", "attachment; filename=\"" + name + ".zip\"");
    context.header("Cache-Control", "no-store");
    context.contentType("application/zip").result(zip(name, bundle.files()));
  }

  void revoke(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var agency = agency(context);
    String id = Asked.form(context, "id");
    boolean isCertificate =
        onboarding.certificates().of(agency.id()).stream().anyMatch(c -> c.serial().equals(id));
    boolean isToken =
        onboarding.tokens().ofAgency(agency.id()).stream().anyMatch(t -> t.id().equals(id));
    if (isCertificate) {
      onboarding.certificates().revoke(id, caller.name());
    } else if (isToken) {
      onboarding.tokens().revoke(id, caller.name());
    } else {
      throw new Refused(404, "Nothing to revoke", "It was revoked before, or is another agency's.");
    }
    context.redirect("/agencies/" + agency.id(), HttpStatus.SEE_OTHER);
  }

  /** The fragment, or without htmx the page, with the next line; waits up to ten seconds. */
  void next(Context context) throws InterruptedException {
    var agency = agency(context);
    long from = number(Asked.text(context, "from"), onboarding.arrivals().now());
    int round = (int) Math.min(ROUNDS, number(Asked.text(context, "round"), 0));
    var came =
        onboarding
            .arrivals()
            .next(Caller.of(context).name(), agency.id(), from, PATIENCE)
            .flatMap(arrived -> came(context, arrived));
    boolean isFragment = "true".equals(context.header("HX-Request"));
    Templates.show(
        context,
        isFragment ? "next" : "nextpage",
        new Next(
            Shell.of(context, "agencies", agency.name()),
            agency,
            came,
            from,
            round + 1,
            isFragment && round + 1 < ROUNDS));
  }

  void test(Context context) {
    var caller = Caller.of(context);
    caller.mustOperateAll();
    var agency = agency(context);
    var forwarder = forwarder(Asked.form(context, "for"));
    var routes = onboarding.testLine().routes(forwarder, agency.id());
    var way = Asked.form(context, "way").equals("own") ? routes.own() : routes.http();
    long from = onboarding.arrivals().now();
    onboarding.testLine().send(way.orElseThrow(SendersPage::noWay), agency.id(), caller.name());
    context.redirect(
        "/agencies/%s?for=%s&from=%d#test".formatted(agency.id(), forwarder.word(), from),
        HttpStatus.SEE_OTHER);
  }

  private void show(Context context, Agency agency, Optional<String> secret) {
    var forwarder = forwarder(Asked.text(context, "for"));
    String host = Asked.some(context, "host").orElseGet(() -> onboarding.reach().get().host());
    if (secret.isPresent()) {
      context.header("Cache-Control", "no-store");
    }
    Templates.show(
        context,
        "agency",
        new View(
            Shell.of(context, "agencies", agency.name()),
            agency,
            missing(agency),
            sources.dropped(agency.id()),
            onboarding.certificates().of(agency.id()),
            onboarding.tokens().ofAgency(agency.id()),
            endings(context, agency),
            secret,
            forwarder,
            host,
            snippet(forwarder, agency, host),
            onboarding.testLine().routes(forwarder, agency.id()),
            number(Asked.text(context, "from"), onboarding.arrivals().now()),
            Asked.some(context, "from").isPresent(),
            clock.instant()));
  }

  private List<Ending> endings(Context context, Agency agency) {
    boolean operates = Caller.of(context).person().role().mayOperate();
    return onboarding.endings().soon(Scope.of(agency.id()), operates);
  }

  private static Forwarder forwarder(String word) {
    return Forwarder.named(word).orElse(Forwarder.RSYSLOG);
  }

  private static IllegalArgumentException noWay() {
    return new IllegalArgumentException(
        "nothing is open that way: the listener or the HTTP input is off, or the key is not here;"
            + " send a line from the agency's forwarder");
  }

  private long missing(Agency agency) {
    return sources.health(Scope.of(agency.id())).stream().mapToLong(SourceHealth::missing).sum();
  }

  private Snippet snippet(Forwarder forwarder, Agency agency, String host) {
    try {
      var reach = onboarding.reach().get().by(host.strip());
      return new Snippet(
          Optional.of(Snippets.of(forwarder, agency.id(), reach, Optional.empty())),
          Snippets.trouble(forwarder, reach).orElse(""));
    } catch (IllegalArgumentException e) {
      return new Snippet(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private Optional<Came> came(Context context, Arrivals.Arrived arrived) {
    return search
        .event(arrived.id(), Caller.of(context).scope())
        .map(recalled -> new Came(arrived, recalled));
  }

  private Agency agency(Context context) {
    String id = context.pathParam("id");
    return onboarding.agencies().all(Caller.of(context).scope()).stream()
        .filter(a -> a.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new Refused(404, "No such agency", "It never was, or is not yours to see."));
  }

  private static long number(String text, long otherwise) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
  }

  private static byte[] zip(String folder, Map<String, byte[]> files) {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(folder + "/" + file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a zip in memory could not be written", e);
    }
    return out.toByteArray();
  }
}
