package mo.farol.web;

import io.javalin.http.Context;
import java.util.Optional;
import mo.farol.account.Person;
import mo.farol.event.Scope;
import mo.farol.search.Asker;

/**
 * Who makes a request.
 *
 * @param person the account
 * @param csrf what forms must send back; empty for a token
 * @param byToken whether a token, not a session, speaks
 */
public record Caller(Person person, String csrf, boolean byToken) {
  private static final String ATTRIBUTE = "farol.caller";

  /** The caller of a request that passed the guard. */
  public static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    if (caller == null) {
      throw new IllegalStateException("a handler behind the guard was reached without a caller");
    }
    return caller;
  }

  /** The same; throws {@link Refused} unless they work for the whole centre. */
  public static Caller workingAtCentre(Context context) {
    var caller = of(context);
    caller.mustWork();
    caller.mustBeOfCentre();
    return caller;
  }

  /** The same as {@link #of}, where there is one: who signs in is none yet. */
  static Optional<Caller> ifAny(Context context) {
    return Optional.ofNullable(context.attribute(ATTRIBUTE));
  }

  /** What they may see. */
  public Scope scope() {
    return person.scope();
  }

  /** Whether they see every agency, not a single one. */
  public boolean isOfCentre() {
    return person.agency().isEmpty();
  }

  /** By what callers are told apart. */
  public Asker.Who who() {
    return new Asker.Who(person.name(), person.scope());
  }

  /** Account name, for deeds. */
  public String name() {
    return person.name();
  }

  /** Throws {@link Refused} for somebody who only reads. */
  public void mustWork() {
    if (!person.role().mayWork()) {
      throw new Refused(403, "Not allowed", "Only analysts and operators do this; you may read.");
    }
  }

  /** Throws {@link Refused} for somebody who begins no hunts. */
  public void mustHunt() {
    if (!person.role().mayHunt()) {
      throw new Refused(
          403, "Not allowed", "Analysts, operators and an agency's people hunt; you may read.");
    }
  }

  /** Throws {@link Refused} for somebody who does not run the machine. */
  public void mustOperate() {
    if (!person.role().mayOperate()) {
      throw new Refused(403, "Not allowed", "Only operators do this.");
    }
  }

  /** Throws {@link Refused} for somebody who does not run the machine for every agency. */
  public void mustOperateAll() {
    mustOperate();
    if (!isOfCentre()) {
      throw new Refused(403, "Not allowed", "Only operators of the whole centre do this.");
    }
  }

  /** Throws {@link Refused} for somebody who sees a single agency only. */
  public void mustBeOfCentre() {
    if (!isOfCentre()) {
      throw new Refused(
          403, "Not allowed", "This is about the whole centre; you see a single agency.");
    }
  }

  void put(Context context) {
    context.attribute(ATTRIBUTE, this);
  }
}
