package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import mo.farol.event.Agency;
import mo.farol.event.Scope;
import mo.farol.health.Ending;
import mo.farol.identity.Issued;
import mo.farol.onboard.Onboarding;
import mo.farol.silence.SourceHealth;
import mo.farol.silence.Sources;
import mo.farol.web.Caller;

/** Every agency with how its senders are; adding one. */
public final class AgenciesPage {
  /**
   * One agency.
   *
   * @param certificates that stand
   * @param tokens that stand
   * @param ends when the last of its certificates ends, or ended: then it needs another
   */
  public record Row(
      Agency agency,
      List<SourceHealth> senders,
      int certificates,
      int tokens,
      Optional<Instant> ends) {
    /** Senders that are past their time. */
    public long silent() {
      return senders.stream().filter(SourceHealth::silent).count();
    }

    boolean isNamed(String part) {
      return (agency.id() + " " + agency.name())
          .toLowerCase(Locale.ROOT)
          .contains(part.toLowerCase(Locale.ROOT));
    }

    /** When something was last heard. */
    public Optional<Instant> last() {
      return senders.stream().map(SourceHealth::lastAt).max(Comparator.naturalOrder());
    }
  }

  /**
   * What the template shows.
   *
   * @param endings what ends soon, or has ended
   */
  public record View(Shell shell, List<Row> rows, List<Ending> endings, String text, Instant now) {}

  private final Onboarding onboarding;
  private final Sources sources;
  private final InstantSource clock;

  AgenciesPage(Onboarding onboarding, Sources sources, InstantSource clock) {
    this.onboarding = onboarding;
    this.sources = sources;
    this.clock = clock;
  }

  void list(Context context) {
    var scope = Caller.of(context).scope();
    String text = Asked.text(context, "text").strip();
    var rows = rows(scope).stream().filter(row -> row.isNamed(text)).toList();
    var shell = Shell.of(context, "agencies", Shell.words(context).get("agencies.title"));
    Templates.show(
        context, "agencies", new View(shell, rows, endings(context), text, clock.instant()));
  }

  private List<Ending> endings(Context context) {
    var caller = Caller.of(context);
    return onboarding.endings().soon(caller.scope(), caller.person().role().mayOperate());
  }

  void add(Context context) {
    Caller.of(context).mustOperateAll();
    String id = Asked.form(context, "id").strip();
    String name = Asked.form(context, "name").strip();
    onboarding
        .agencies()
        .add(new Agency(id, name.isEmpty() ? id : name), Caller.of(context).name());
    context.redirect("/agencies/" + id, HttpStatus.SEE_OTHER);
  }

  // Each register is read once, however many agencies there are.
  private List<Row> rows(Scope scope) {
    var senders =
        sources.health(scope).stream().collect(Collectors.groupingBy(s -> s.source().agency()));
    var certificates =
        onboarding.certificates().standing().stream()
            .collect(Collectors.groupingBy(Issued::agency, Collectors.counting()));
    var tokens =
        onboarding.tokens().all().stream()
            .filter(t -> t.kind().equals("ingest"))
            .collect(Collectors.groupingBy(t -> t.agency().orElse(""), Collectors.counting()));
    var ends = onboarding.certificates().lastEnds();
    return onboarding.agencies().all(scope).stream()
        .map(
            agency ->
                new Row(
                    agency,
                    senders.getOrDefault(agency.id(), List.of()),
                    certificates.getOrDefault(agency.id(), 0L).intValue(),
                    tokens.getOrDefault(agency.id(), 0L).intValue(),
                    Optional.ofNullable(ends.get(agency.id()))))
        .toList();
  }
}
