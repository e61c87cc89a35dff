package mo.farol.indicator;

import java.net.URI;
import java.time.Duration;

/**
 * A TAXII collection that is asked again and again.
 *
 * @param root the API root
 * @param collection id of the collection
 * @param every how often
 * @param user for a login by name and password; empty for none
 * @param secretFile name of the file in the home's {@code keys/} that holds the password, or where
 *     there is no user a token; empty for no login
 */
public record TaxiiFeed(
    URI root, String collection, Duration every, String user, String secretFile) {}
