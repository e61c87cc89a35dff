package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Certificate;
import mo.farol.event.Agency;
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
   * @param ends when the last of its certificates ends: then it needs another
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

    /** When something was last heard. */
    public Optional<Instant> last() {
      return senders.stream().map(SourceHealth::lastAt).max(Comparator.naturalOrder());
    }
  }

  /** What the template shows. */
  public record View(Shell shell, List<Row> rows, Instant now) {}

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
    var health = sources.health(scope);
    var rows =
        onboarding.agencies().all(scope).stream().map(agency -> row(agency, health)).toList();
    var shell = Shell.of(context, "agencies", Shell.words(context).get("agencies.title"));
    Templates.show(context, "agencies", new View(shell, rows, clock.instant()));
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

  private Row row(Agency agency, List<SourceHealth> health) {
    var now = clock.instant();
    var standing =
        onboarding.certificates().of(agency.id()).stream().filter(c -> c.stands(now)).toList();
    return new Row(
        agency,
        health.stream().filter(s -> s.source().agency().equals(agency.id())).toList(),
        standing.size(),
        onboarding.tokens().ofAgency(agency.id()).size(),
        standing.stream().map(Certificate::until).max(Comparator.naturalOrder()));
  }
}
