package mo.farol.app;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import mo.farol.account.Accounts;
import mo.farol.account.Person;
import mo.farol.account.Role;
import mo.farol.centre.Usage;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code farol user}: who signs in to the console. */
@Command(
    name = "user",
    description = "Adds, lists and closes accounts of the console, and gives new passwords.",
    subcommands = {
      UserCommand.Add.class,
      UserCommand.ListAll.class,
      UserCommand.Password.class,
      UserCommand.Close.class
    })
final class UserCommand {
  // Who did it, in the deeds: whoever may write the home's files.
  private static final String BY = "farol";

  private UserCommand() {}

  /** {@code user add}. */
  @Command(name = "add", description = "Adds an account and prints its password, only this once.")
  static final class Add implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Option(
        names = "--role",
        paramLabel = "R",
        description =
            "analyst, agency, committee or operator (default: analyst, or agency with --agency)")
    private Optional<String> role;

    @Option(names = "--agency", paramLabel = "A", description = "the one agency they may see")
    private Optional<String> agency;

    @Option(names = "--title", paramLabel = "TEXT", description = "full name (default: NAME)")
    private Optional<String> title;

    @Parameters(paramLabel = "NAME", description = "what they sign in with")
    private String name;

    @Override
    public Integer call() {
      var asked = Tokens.role(role.orElse(agency.isPresent() ? "agency" : "analyst"));
      var person = new Person(name, title.orElse(name), asked, agency);
      String password =
          home.ledger(
              ledger -> {
                agency.ifPresent(a -> AgencyCommand.mustBeThere(ledger, a));
                return accounts(ledger).add(person, BY);
              });
      System.out.println(password);
      return 0;
    }
  }

  /** {@code user list}. */
  @Command(name = "list", description = "Lists the accounts that are open.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Override
    public Integer call() {
      in(home, Accounts::all)
          .forEach(
              person ->
                  System.out.printf(
                      "%s\t%s\t%s\t%s%n",
                      person.name(),
                      role(person.role()),
                      person.agency().orElse("all agencies"),
                      Rows.plain(person.fullName())));
      return 0;
    }

    private static String role(Role role) {
      return role.name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@code user password}. */
  @Command(
      name = "password",
      description = "Gives an account a new password, prints it, and ends its sessions.")
  static final class Password implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Parameters(paramLabel = "NAME", description = "whose")
    private String name;

    @Override
    public Integer call() {
      String password =
          in(home, accounts -> accounts.resetPassword(name, BY)).orElseThrow(() -> nobody(name));
      System.out.println(password);
      return 0;
    }
  }

  /** {@code user close}. */
  @Command(
      name = "close",
      description = "Closes an account: its sessions and its tokens end, its deeds stay.")
  static final class Close implements Callable<Integer> {
    @Mixin private HomeOption home;

    @Parameters(paramLabel = "NAME", description = "whose")
    private String name;

    @Override
    public Integer call() {
      if (!in(home, accounts -> accounts.close(name, BY))) {
        throw nobody(name);
      }
      return 0;
    }
  }

  private static Usage nobody(String name) {
    return new Usage("there is no open account '" + name + "'; 'farol user list' shows them");
  }

  private static <T> T in(HomeOption home, Function<Accounts, T> work) {
    return home.ledger(ledger -> work.apply(accounts(ledger)));
  }

  private static Accounts accounts(Ledger ledger) {
    var clock = InstantSource.system();
    return new Accounts(ledger, new Deeds(ledger, clock), clock);
  }
}
