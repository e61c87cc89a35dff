package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.function.Supplier;
import mo.farol.account.Accounts;
import mo.farol.web.Caller;
import mo.farol.web.WebServer;

/** Signing in and out, and the language and colours somebody likes. */
public final class SignInPage {
  /** What the template shows. */
  public record View(Shell shell, String name, String next, boolean failed) {}

  /**
   * What the page of one's own password shows.
   *
   * @param wrong key of the words that say what was wrong; empty where nothing was
   */
  public record Own(Shell shell, String wrong) {}

  private static final int A_YEAR = 31_536_000;
  private final Accounts accounts;
  private final Supplier<WebServer> server;

  SignInPage(Accounts accounts, Supplier<WebServer> server) {
    this.accounts = accounts;
    this.server = server;
  }

  void show(Context context) {
    Templates.show(
        context,
        "signin",
        new View(shell(context), "", Asked.ownPath(Asked.text(context, "next")), false));
  }

  void signIn(Context context) {
    String name = Asked.form(context, "name");
    String next = Asked.ownPath(Asked.form(context, "next"));
    var person = accounts.signIn(name, Asked.form(context, "password"), context.ip());
    if (person.isEmpty()) {
      context.status(401);
      Templates.show(context, "signin", new View(shell(context), name, next, true));
      return;
    }
    server.get().welcome(context, person.get());
    context.redirect(next, io.javalin.http.HttpStatus.SEE_OTHER);
  }

  void password(Context context) {
    Templates.show(context, "password", own(context, ""));
  }

  /** A new password of one's own; every other session of the account ends. */
  void changePassword(Context context) {
    var caller = Caller.of(context);
    String fresh = Asked.form(context, "fresh");
    if (!fresh.equals(Asked.form(context, "again"))) {
      refuse(context, "password.differ");
    } else if (fresh.length() < Accounts.SHORTEST || fresh.length() > Accounts.LONGEST) {
      refuse(context, "password.length");
    } else if (!accounts.changePassword(caller.name(), Asked.form(context, "old"), fresh)) {
      refuse(context, "password.wrong");
    } else {
      server.get().onlySession(context, accounts.find(caller.name()).orElseThrow());
      context.redirect("/", io.javalin.http.HttpStatus.SEE_OTHER);
    }
  }

  private static void refuse(Context context, String why) {
    context.status(400);
    Templates.show(context, "password", own(context, why));
  }

  private static Own own(Context context, String wrong) {
    return new Own(
        Shell.of(context, "password", Shell.words(context).get("password.title")), wrong);
  }

  void signOut(Context context) {
    server.get().farewell(context);
    context.redirect("/sign-in", io.javalin.http.HttpStatus.SEE_OTHER);
  }

  void prefer(Context context) {
    keep(context, "lang", Asked.form(context, "lang"));
    keep(context, "theme", Asked.form(context, "theme"));
    context.redirect(
        Asked.ownPath(Asked.form(context, "next")), io.javalin.http.HttpStatus.SEE_OTHER);
  }

  private static void keep(Context context, String name, String value) {
    if (value.matches("[A-Za-z-]{2,10}")) {
      context.cookie(
          new Cookie(
              name,
              value,
              "/",
              A_YEAR,
              context.scheme().equals("https"),
              true,
              null,
              SameSite.LAX));
    }
  }

  private static Shell shell(Context context) {
    return Shell.ofAnybody(context, Shell.words(context).get("signin.title"));
  }
}
