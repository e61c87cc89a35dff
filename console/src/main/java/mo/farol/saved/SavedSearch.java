package mo.farol.saved;

import java.time.Instant;
import mo.farol.account.Person;

/**
 * A search under a name.
 *
 * @param number counted from 1
 * @param agency whose people may see it where it is shared; {@code *} for those of the whole centre
 * @param shared whether everybody of that scope sees it, else the owner alone
 */
public record SavedSearch(
    long number,
    String name,
    Wanted wanted,
    String owner,
    String agency,
    boolean shared,
    Instant createdAt,
    Instant changedAt) {

  /** Whether this person may rename, share and remove it: its owner, or who runs the machine. */
  public boolean isChangedBy(Person person) {
    return owner.equals(person.name()) || shared && person.role().mayOperate();
  }
}
