@NullMarked
package mo.farol.health;

import org.jspecify.annotations.NullMarked;
