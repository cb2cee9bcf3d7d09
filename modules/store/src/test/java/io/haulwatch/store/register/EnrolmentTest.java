package io.haulwatch.store.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.store.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnrolmentTest {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestDatabase database;

    private final Enrolment enrolment = new Enrolment(database.databases().writer());
    private final ReferenceLoader loader =
            new ReferenceLoader(database.databases().writer());

    @BeforeAll
    static void open() {
        database = TestDatabase.onEmbedded();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Enrolment.Said said(String phone, String device, String plate) {
        return new Enrolment.Said(phone, "70111", "JB-GW01", device, 2, plate, 2013);
    }

    private ReferenceSet.Terminal enrolled(String phone, String device, String plate) throws SQLException {
        return java.util.Objects.requireNonNull(
                enrolment.enrol(List.of(said(phone, device, plate))).get(phone));
    }

    @Test
    void aTerminalOfARetiredVehicleIsNotLetInAgain() throws Exception {
        int vehicle = enrolled("13900000091", "A000091", "粤B00091").vehicleId();
        new RegisterImport(database.databases().writer()).retire(TablePart.VEHICLES, vehicle, (connection, name) -> {});
        assertThat(enrolment.enrol(List.of(said("13900000091", "A000091", "粤B00091"))))
                .isEmpty();
    }

    @Test
    void putsUnknownTerminalsIntoTheUnassignedCompanyAndRaisesTheNumber() throws SQLException {
        long before = loader.currentNumber();
        Map<String, ReferenceSet.Terminal> terminals = enrolment.enrol(
                List.of(said("13900000001", "A000001", "粤B00001"), said("13900000002", "A000002", "粤B00002")));
        assertThat(terminals.keySet()).containsExactlyInAnyOrder("13900000001", "13900000002");
        assertThat(terminals.values()).allSatisfy(terminal -> {
            assertThat(terminal.companyId()).isZero();
            assertThat(terminal.generation()).isEqualTo(1);
        });
        assertThat(loader.currentNumber()).isGreaterThan(before);
        assertThat(loader.load().terminals()).containsAll(terminals.values());
    }

    @Test
    void returnsATerminalThatIsAlreadyThereAsItIs() throws SQLException {
        ReferenceSet.Terminal first = enrolled("13900000011", "A000011", "粤B00011");
        assertThat(enrolled("13900000011", "OTHER", "粤B99999")).isEqualTo(first);
    }

    @Test
    void neverTakesOverThePlateOfAnotherVehicle() throws SQLException {
        enrolled("13900000021", "A000021", "粤B00021");
        assertThat(enrolled("13900000022", "A000022", "粤B00021").plate()).isEqualTo("13900000022");
        Map<String, ReferenceSet.Terminal> twins =
                enrolment.enrol(List.of(said("13900000023", "A", "粤B00023"), said("13900000024", "B", "粤B00023")));
        assertThat(twins.values().stream().map(ReferenceSet.Terminal::plate)).doesNotHaveDuplicates();
    }

    @Test
    void endsTheCodeOfTheOldDeviceWhenAnotherOneRegistersForTheSameVehicle() throws SQLException {
        ReferenceSet.Terminal first = enrolled("13900000031", "A000031", "粤B00031");
        assertThat(enrolment.accept(first.vehicleId(), said("13900000031", "A000031", "粤B00031")))
                .isEqualTo(new Enrolment.Outcome.Accepted(first));
        Enrolment.Outcome changed = enrolment.accept(first.vehicleId(), said("13900000031", "NEW0031", "粤B00031"));
        assertThat(changed).isInstanceOfSatisfying(Enrolment.Outcome.Accepted.class, accepted -> {
            assertThat(accepted.terminal().generation()).isEqualTo(2);
            assertThat(accepted.terminal().terminalId()).isEqualTo("NEW0031");
        });
    }

    @Test
    void raisesTheGenerationWhenATerminalLeaves() throws SQLException {
        ReferenceSet.Terminal first = enrolled("13900000041", "A000041", "粤B00041");
        assertThat(enrolment.raiseGeneration(first.vehicleId()))
                .isInstanceOfSatisfying(
                        Enrolment.Outcome.Accepted.class,
                        accepted -> assertThat(accepted.terminal().generation()).isEqualTo(2));
        assertThat(enrolment.raiseGeneration(999_999)).isEqualTo(new Enrolment.Outcome.Unknown());
    }

    @Test
    void theCopyOnDiskIsTheLoadedSet(@TempDir Path folder) throws Exception {
        enrolled("13900000051", "A000051", "粤B00051");
        ReferenceSet set = loader.load();
        assertThat(set.profiles()).isNotEmpty();
        assertThat(set.vehicles()).allSatisfy(vehicle -> {
            assertThat(vehicle.effectiveFrom()).isEqualTo(ReferenceSet.ALWAYS);
            assertThat(vehicle.effectiveTo()).isEqualTo(ReferenceSet.FOREVER);
        });
        Path file = folder.resolve("reference.json");
        assertThat(ReferenceFile.read(file)).isEmpty();
        ReferenceFile.write(file, set);
        assertThat(ReferenceFile.read(file)).isEqualTo(Optional.of(set));
    }
}
