package mo.farol.page;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.health.Health;
import mo.farol.health.Trouble;
import mo.farol.web.Caller;

/**
 * What every page has around it.
 *
 * @param words in the reader's language
 * @param theme {@code light}, {@code dark}, or {@code auto} for what the system says
 * @param section which entry of the navigation is lit
 * @param title of the page
 * @param person who reads; absent before signing in
 * @param csrf what forms send back
 * @param address path and query, to come back to
 * @param troubles of the centre itself, for those of the centre
 */
public record Shell(
    Words words,
    String theme,
    String section,
    String title,
    Optional<Person> person,
    String csrf,
    String address,
    List<Trouble> troubles) {
  /** Pages of detection, which share one entry of the navigation. */
  public static final List<String> DETECTION =
      List.of("rules", "coverage", "decisions", "indicators", "hunts");

  private static final String HEALTH = "farol.health";

  static Shell of(Context context, String section, String title) {
    var caller = Caller.of(context);
    return new Shell(
        words(context),
        theme(context),
        section,
        title,
        Optional.of(caller.person()),
        caller.csrf(),
        address(context),
        troubles(context, Optional.of(caller.person())));
  }

  static Shell ofAnybody(Context context, String title) {
    Caller caller = context.attribute("farol.caller");
    var person = Optional.ofNullable(caller).map(Caller::person);
    return new Shell(
        words(context),
        theme(context),
        "",
        title,
        person,
        caller == null ? "" : caller.csrf(),
        address(context),
        troubles(context, person));
  }

  /** Whether the page is one of {@link #DETECTION}. */
  public boolean isOfDetection() {
    return DETECTION.contains(section);
  }

  /** Whether the reader runs the machine. */
  public boolean mayOperate() {
    return person.filter(p -> p.role().mayOperate()).isPresent();
  }

  /** Whether the reader may change alerts and cases. */
  public boolean mayWork() {
    return person.filter(p -> p.role().mayWork()).isPresent();
  }

  /** Whether the reader may hunt through history. */
  public boolean mayHunt() {
    return person.filter(p -> p.role().mayHunt()).isPresent();
  }

  /** Whether the reader sees the whole centre, not a single agency. */
  public boolean isOfCentre() {
    return person.filter(p -> p.agency().isEmpty()).isPresent();
  }

  /** Whether the reader brings agencies in and gives them what they send with. */
  public boolean mayOnboard() {
    return person.filter(p -> p.role().mayOperate() && p.agency().isEmpty()).isPresent();
  }

  /** From now on a shell of this request tells how the centre is. */
  static void tell(Context context, Health health) {
    context.attribute(HEALTH, health);
  }

  // An agency's people see no more than whether their own logs arrive.
  private static List<Trouble> troubles(Context context, Optional<Person> person) {
    Health health = context.attribute(HEALTH);
    var ours = person.filter(p -> p.agency().isEmpty());
    return ours.isEmpty() || health == null
        ? List.of()
        : health.troubles(ours.get().role().mayOperate());
  }

  static Words words(Context context) {
    String chosen = context.cookie("lang");
    if (chosen != null && Words.LANGUAGES.contains(chosen)) {
      return Words.of(chosen);
    }
    return Words.accepted(Optional.ofNullable(context.header("Accept-Language")).orElse(""));
  }

  private static String theme(Context context) {
    String chosen = Optional.ofNullable(context.cookie("theme")).orElse("auto");
    return chosen.equals("light") || chosen.equals("dark") ? chosen : "auto";
  }

  private static String address(Context context) {
    return context.path() + (context.queryString() == null ? "" : "?" + context.queryString());
  }
}
