package mo.farol.account;

import java.util.Optional;
import mo.farol.event.Scope;

/**
 * Somebody who is signed in, or acts through a token.
 *
 * @param name account name, as deeds record it
 * @param fullName for people
 * @param role what they are
 * @param agency the one agency they belong to; present for the role AGENCY
 */
public record Person(String name, String fullName, Role role, Optional<String> agency) {
  /** The agencies they may see. */
  public Scope scope() {
    return role == Role.AGENCY
        ? Scope.of(agency.orElse(""))
        : agency.map(Scope::of).orElse(Scope.national());
  }
}
