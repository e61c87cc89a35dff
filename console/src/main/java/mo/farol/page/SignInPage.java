package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.function.Supplier;
import mo.farol.account.Accounts;
import mo.farol.web.WebServer;

/** Signing in and out, and the language and colours somebody likes. */
public final class SignInPage {
  /** What the template shows. */
  public record View(Shell shell, String name, String next, boolean failed) {}

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
