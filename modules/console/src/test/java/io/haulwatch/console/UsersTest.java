package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haulwatch.console.session.FirstUser;
import io.haulwatch.console.session.Passwords;
import io.haulwatch.console.session.Role;
import io.haulwatch.console.session.Users;
import io.haulwatch.store.scope.ScopedDatabase;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Users and how the first one comes to be. */
class UsersTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void theFirstUserGetsAPasswordThatIsToldOnce() throws Exception {
        try (ConsoleDatabase database = new ConsoleDatabase();
                Passwords passwords = new Passwords(RANDOM)) {
            ScopedDatabase app = new ScopedDatabase(database.databases().app());
            Optional<String> made = FirstUser.ensure(app, null, RANDOM);
            assertThat(made).hasValueSatisfying(password -> assertThat(password).hasSizeGreaterThanOrEqualTo(20));
            String stored = database.column("select password_hash from hw.app_user where username = 'admin'")
                    .getFirst();
            assertThat(passwords.verify(stored, made.orElseThrow(), "x")).isTrue();
            assertThat(FirstUser.ensure(app, null, RANDOM)).isEmpty();
            assertThat(FirstUser.ensure(app, "another-password-77", RANDOM)).isEmpty();
            assertThat(database.column("select username || ' ' || role || ' ' || scope from hw.app_user"))
                    .containsExactly("admin admin all");
        }
    }

    @Test
    void theFirstUserTakesAGivenPasswordIfItIsGoodEnough() throws Exception {
        try (ConsoleDatabase database = new ConsoleDatabase();
                Passwords passwords = new Passwords(RANDOM)) {
            ScopedDatabase app = new ScopedDatabase(database.databases().app());
            assertThatThrownBy(() -> FirstUser.ensure(app, "admin", RANDOM))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("10 to 128");
            assertThat(FirstUser.ensure(app, "山高水长-0818-xy", RANDOM)).isEmpty();
            String stored =
                    database.column("select password_hash from hw.app_user").getFirst();
            assertThat(passwords.verify(stored, "山高水长-0818-xy", "x")).isTrue();
        }
    }

    @Test
    void scopesThatDoNotFitTheRoleAreRefused() throws Exception {
        try (ConsoleDatabase database = new ConsoleDatabase();
                Passwords passwords = new Passwords(RANDOM)) {
            Users users = new Users(new ScopedDatabase(database.databases().app()), passwords);
            assertThatThrownBy(() -> users.create("li", "李", Visitor.PASSWORD, Role.COMPANY, "all", "zh-CN"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> users.create("li", "李", Visitor.PASSWORD, Role.ADMIN, "company:1", "zh-CN"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> users.create("li", "李", Visitor.PASSWORD, Role.REGULATOR, "region:5", "zh-CN"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> users.create("li", "李", Visitor.PASSWORD, Role.DRIVER, "company:1,2", "zh-CN"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(users.create("li", "李", Visitor.PASSWORD, Role.REGULATOR, "region:50", "zh-CN"))
                    .isPresent();
            assertThat(users.create("LI", "李", Visitor.PASSWORD, Role.REGULATOR, "region:50", "zh-CN"))
                    .isEmpty();
        }
    }
}
