package io.haulwatch.store.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.model.register.ReferenceSet;
import io.haulwatch.store.TestDatabase;
import io.haulwatch.store.register.LineReport.Outcome;
import io.haulwatch.store.sheet.SheetFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an office keeps in Excel becomes the register, or every line that is wrong says where, why and what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableImportTest {
    private static final Charset GBK = Charset.forName("GBK");
    private static final Object[] VEHICLE_TITLES = {"车牌号", "车牌颜色", "所属企业", "车辆类别", "车架号", "注册日期"};

    private final TestDatabase database = TestDatabase.onEmbedded();
    private final RegisterImport register =
            new RegisterImport(database.databases().writer());

    @BeforeEach
    void empty() throws SQLException {
        database.run(
                "truncate hw.paper, hw.assignment, hw.terminal, hw.vehicle_version, hw.vehicle, hw.driver cascade",
                "delete from hw.company where company_id > 0");
    }

    @AfterAll
    void close() {
        database.close();
    }

    private static TableBook whole() {
        return new TableBook()
                .sheet(
                        "企业",
                        new Object[] {"企业名称", "行政区划代码", "经营许可证号", "许可证有效期至", "联系人", "联系电话"},
                        new Object[] {"渝通物流", 500112, "L-1", "2028-03-01", "陈平", "+86 13600000001"},
                        new Object[] {"川达运输", "510100", "", "", "", ""})
                .sheet("车辆", VEHICLE_TITLES, new Object[] {"渝B12345", "黄色", "渝通物流", "普通货车", "V1", 43586}, new Object[] {
                    "川A00001", "2", "川达运输", "dangerous goods", "", "2019/5/1"
                })
                .sheet(
                        "终端",
                        new Object[] {"终端手机号", "车牌号", "协议版本", "终端型号"},
                        new Object[] {"013912345678", "渝B12345", 2019, "HW-1"},
                        new Object[] {13912345679L, "川A00001", "2013", ""})
                .sheet(
                        "驾驶员",
                        new Object[] {"姓名", "所属企业", "从业资格证号", "手机号", "当前车辆"},
                        new Object[] {"王涛", "渝通物流", "500112001", 13900000001L, "渝B12345"},
                        new Object[] {"李勇", "川达运输", "", "13900000002", ""})
                .sheet(
                        "证件",
                        new Object[] {"证件种类", "持有者", "有效期至", "证件编号"},
                        new Object[] {"车辆年检", "渝B12345", "2027年1月5日", "J-1"},
                        new Object[] {"Driving licence", "王涛", "20300101", ""},
                        new Object[] {"drv.qualification", "500112001", "2029.12.31", "Q"},
                        new Object[] {"经营许可证", "川达运输", "2027-01-01", ""})
                .sheet("填写说明", new Object[] {"随便写"});
    }

    private TableReport take(byte[] content) throws IOException, SQLException {
        TableReport expected = register.tryTable(content);
        assertThat(expected.lines().stream().flatMap(line -> line.faults().stream()))
                .isEmpty();
        assertThat(register.takeTable(content, expected, (connection, ids) -> {}))
                .isEqualTo(expected);
        return expected;
    }

    private static List<String> faults(TableReport report) {
        List<String> found = new ArrayList<>();
        for (LineReport line : report.lines()) {
            for (LineReport.Fault fault : line.faults()) {
                found.add(line.sheet() + " " + line.line() + " "
                        + TableFiles.columnName(ImportWords.english(), line, fault) + " " + fault.value() + ": "
                        + fault.rule());
            }
        }
        return found;
    }

    @Test
    void takesAWholeRegisterFromOneWorkbook() throws Exception {
        byte[] content = whole().bytes();
        TableReport tried = register.tryTable(content);
        assertThat(faults(tried)).isEmpty();
        assertThat(tried.totals())
                .isEqualTo(Map.of(Outcome.CREATED, 12, Outcome.CHANGED, 0, Outcome.UNCHANGED, 0, Outcome.REFUSED, 0));
        assertThat(database.one("select count(*) from hw.company where company_id > 0"))
                .as("a trial does nothing")
                .isEqualTo("0");

        take(content);
        ReferenceSet set = new ReferenceLoader(database.databases().writer()).load();
        assertThat(set.terminals())
                .extracting(ReferenceSet.Terminal::phone)
                .containsExactlyInAnyOrder("13912345678", "13912345679");
        assertThat(set.papers()).hasSize(5);
        assertThat(set.assignments()).hasSize(1);
        assertThat(database.column(
                        "select plate || ' ' || vehicle_class || ' ' || registered_on from hw.vehicle order by 1"))
                .containsExactly("川A00001 DANGEROUS_GOODS 2019-05-01", "渝B12345 GENERAL 2019-05-01");
        assertThat(database.one("select contact_phone from hw.company where name = '渝通物流'"))
                .isEqualTo("+86 13600000001");
        assertThat(take(content).totals())
                .isEqualTo(Map.of(Outcome.CREATED, 0, Outcome.CHANGED, 0, Outcome.UNCHANGED, 12, Outcome.REFUSED, 0));
    }

    @Test
    void whatALicenceAllowsComesInWithItsPaperAndWithOneThatIsThere() throws Exception {
        take(whole().bytes());
        Object[] titles = {"证件种类", "持有者", "有效期至", "证件编号", "准驾车型或货物类别"};
        byte[] content = new TableBook()
                .sheet(
                        "证件",
                        titles,
                        new Object[] {"驾驶证", "王涛", "2030-01-01", "", "a1、a2"},
                        new Object[] {"从业资格证", "500112001", "2029-12-31", "Q", "危险货物"},
                        new Object[] {"驾驶证", "李勇", "2031-01-01", "", "B2"},
                        new Object[] {"经营许可证", "川达运输", "2027-01-01", "", ""})
                .bytes();
        TableReport report = take(content);
        assertThat(report.totals())
                .isEqualTo(Map.of(Outcome.CREATED, 1, Outcome.CHANGED, 2, Outcome.UNCHANGED, 1, Outcome.REFUSED, 0));
        assertThat(database.column("select kind || ' ' || category from hw.paper where category <> '' order by 1"))
                .containsExactly("drv.licence A1A2", "drv.licence B2", "drv.qualification DANGEROUS_GOODS");
        assertThat(take(content).totals())
                .isEqualTo(Map.of(Outcome.CREATED, 0, Outcome.CHANGED, 0, Outcome.UNCHANGED, 4, Outcome.REFUSED, 0));
        assertThat(faults(register.tryTable(new TableBook()
                        .sheet("证件", titles, new Object[] {"驾驶证", "王涛", "2032-01-01", "", "A9"}, new Object[] {
                            "车辆年检", "渝B12345", "2028-01-05", "J-2", "A2"
                        })
                        .bytes())))
                .containsExactly("证件 2 准驾车型或货物类别 (E) A9: NO_CATEGORY", "证件 3 准驾车型或货物类别 (E) A2: NO_CATEGORY");
    }

    @Test
    void aPlateIsUnderstoodWithItsDotAsPagesAndPlatesShowIt() throws Exception {
        take(whole().bytes());
        TableReport report = take(new TableBook()
                .sheet("证件", new Object[] {"证件种类", "持有者", "有效期至", "证件编号"}, new Object[] {
                    "车辆年检", "渝B·12345", "2028-01-05", "J-2"
                })
                .sheet("车辆", VEHICLE_TITLES, new Object[] {"渝B 12345", "黄色", "渝通物流", "普通货车", "V1", 43586})
                .bytes());
        assertThat(report.totals())
                .isEqualTo(Map.of(Outcome.CREATED, 1, Outcome.CHANGED, 0, Outcome.UNCHANGED, 1, Outcome.REFUSED, 0));
        assertThat(database.one("select count(*) from hw.vehicle where plate like '%12345'"))
                .isEqualTo("1");
    }

    @Test
    void changesWhatIsStatedAndLeavesWhatIsLeftOut() throws Exception {
        take(whole().bytes());
        TableReport report = take(new TableBook()
                .sheet("companies", new Object[] {"Company name", "Region code", "Contact"}, new Object[] {
                    "渝通物流", "500112", "周岚"
                })
                .sheet("Sheet1", VEHICLE_TITLES, new Object[] {"渝B12345", "黄色", "渝通物流", "大件运输车", "", ""})
                .sheet("drivers", new Object[] {"Name", "Company", "Licence number"}, new Object[] {
                    "李勇", "川达运输", "510100777"
                })
                .bytes());
        assertThat(report.lines())
                .extracting(line -> line.name() + " " + line.outcome() + " " + line.changes())
                .containsExactly(
                        "渝通物流 CHANGED [Change[field=contact_name, before=陈平, after=周岚]]",
                        "渝B12345 CHANGED [Change[field=vehicle_class, before=GENERAL, after=OVERSIZE]]",
                        "李勇 CHANGED [Change[field=licence_no, before=null, after=510100777]]");
        assertThat(database.one("select vin || ' ' || vehicle_class from hw.vehicle where plate = '渝B12345'"))
                .isEqualTo("V1 OVERSIZE");
        assertThat(database.one("select contact_phone from hw.company where name = '渝通物流'"))
                .isEqualTo("+86 13600000001");
        assertThat(database.one("select count(*) || ' ' || max(phone) from hw.driver where name = '李勇'"))
                .isEqualTo("1 13900000002");
        assertThat(database.one("select count(*) from hw.vehicle_version v join hw.vehicle using (vehicle_id)"
                        + " where plate = '渝B12345'"))
                .isEqualTo("2");
    }

    @Test
    void namesEveryWrongCellAndTakesNothing() throws Exception {
        take(whole().bytes());
        byte[] content = new TableBook()
                .sheet(
                        "车辆",
                        VEHICLE_TITLES,
                        new Object[] {"=HYPERLINK(\"http://evil\")", "黄色", "渝通物流", "普通货车", "", ""},
                        new Object[] {"fx:1+1", "黄色", "渝通物流", "普通货车", "", ""},
                        new Object[] {"渝B20001", "紫色", "渝通物流", "普通货车", "", "昨天"},
                        new Object[] {"渝B20002", "黄色", "没有的公司", "普通货车", "", ""},
                        new Object[] {"川A00001", "黄色", "渝通物流", "普通货车", "", ""},
                        new Object[] {"渝B20003", "黄色", "渝通物流", "普通货车", "", ""},
                        new Object[] {"渝B20003", "黄色", "渝通物流", "普通货车", "", ""},
                        new Object[] {"", "黄色", "渝通物流", "普通货车", 123456789012345678L, ""})
                .sheet(
                        "终端",
                        new Object[] {"终端手机号", "车牌号", "协议版本"},
                        new Object[] {"13912345678", "川A00001", "2019"},
                        new Object[] {"13912345679", "渝B12345", "2013"})
                .sheet(
                        "证件",
                        new Object[] {"证件种类", "持有者", "有效期至", "签发日期"},
                        new Object[] {"车辆年检", "渝B20001", "2027-01-01", ""},
                        new Object[] {"车辆年检", "渝B12345", "2027-01-01", "2027-02-01"},
                        new Object[] {"车辆年检", "渝B99999", "后天", ""})
                .sheet("备注", new Object[] {"什么", "都有"}, new Object[] {"a", "b"})
                .bytes();
        TableReport report = register.tryTable(content);
        assertThat(faults(report))
                .containsExactlyInAnyOrder(
                        "备注 1  备注: UNKNOWN_SHEET",
                        "车辆 2 车牌号 (A) =HYPERLINK(\"http://evil\"): FORMULA_TEXT",
                        "车辆 3 车牌号 (A) =1+1: FORMULA",
                        "车辆 4 车牌颜色 (B) 紫色: NOT_ONE_OF",
                        "车辆 4 注册日期 (F) 昨天: NOT_A_DATE",
                        "车辆 5 所属企业 (C) 没有的公司: NO_COMPANY",
                        "车辆 6 所属企业 (C) 渝通物流: OTHER_COMPANY",
                        "车辆 8 车牌号 (A) 渝B20003: TWICE",
                        "车辆 9 车牌号 (A) : REQUIRED",
                        "车辆 9 车架号 (E) 123456789012345678: DIGITS_LOST",
                        "终端 2 车牌号 (B) 川A00001: REFERS_TO_REFUSED",
                        "终端 3 终端手机号 (A) 13912345679: TERMINAL_TAKEN",
                        "证件 2 持有者 (B) 渝B20001: REFERS_TO_REFUSED",
                        "证件 3 有效期至 (C) 2027-01-01: ENDS_BEFORE_IT_BEGINS",
                        "证件 4 有效期至 (C) 后天: NOT_A_DATE",
                        "证件 4 持有者 (B) 渝B99999: NO_PLATE");
        assertThat(report.lines())
                .filteredOn(line -> line.outcome() == Outcome.CREATED)
                .extracting(LineReport::name)
                .containsExactly("渝B20003");
        TableReport taken = register.takeTable(content, report, (connection, ids) -> {
            throw new SQLException("nothing is done with a wrong table");
        });
        assertThat(taken).isEqualTo(report);
        assertThat(database.one("select count(*) from hw.vehicle")).isEqualTo("2");

        String csv = new String(TableFiles.report(ImportWords.of("zh-CN"), report), StandardCharsets.UTF_8);
        assertThat(csv.lines())
                .anyMatch(line -> line.endsWith(",4,渝B20001,有误,车牌颜色 (B),紫色,不在可选内容中,"
                        + "\"填写其中之一：蓝色, 黄色, 黑色, 白色, 绿色, 其他, 农黄色, 农绿色, 黄绿色, 渐变绿色。\",,"))
                .anyMatch(line -> line.contains(",2,\"'=HYPERLINK(\"\"http://evil\"\")\",有误"));
        assertThat(csv.lines()).noneMatch(line -> line.matches("(^|.*,)\"?[=+@].*"));
    }

    @Test
    void namesColumnsThatAreMissingUnknownOrThereTwice() throws Exception {
        TableReport report = register.tryTable("车牌号,车牌颜色,车辆类别,颜色深浅,车牌号\n渝B1,黄色,普通货车,深,渝B1\n".getBytes(GBK));
        assertThat(faults(report))
                .containsExactly(
                        " 1 颜色深浅 (D) 颜色深浅: UNKNOWN_COLUMN",
                        " 1 车牌号 (E) 车牌号: COLUMN_TWICE",
                        " 1 Company null: MISSING_COLUMN");
        report = register.tryTable(new TableBook()
                .sheet("vehicles", new Object[] {"plate", "plate colour", "vehicle class", "shade", "Plate"})
                .bytes());
        assertThat(faults(report))
                .containsExactly(
                        "vehicles 1 shade (D) shade: UNKNOWN_COLUMN",
                        "vehicles 1 Plate (E) Plate: COLUMN_TWICE",
                        "vehicles 1 Company null: MISSING_COLUMN");
        assertThat(faults(register.tryTable(TableFiles.template(ImportWords.english()))))
                .containsExactly(" 1  null: NO_LINES");
    }

    @Test
    void readsCsvAsExcelInChinaSavesIt() throws Exception {
        String text = "企业名称,行政区划代码,联系人\n渝通物流,500112,\"陈 \"\"平\"\"\"\n";
        for (byte[] content : List.of(
                text.getBytes(GBK),
                text.getBytes(StandardCharsets.UTF_8),
                ("\ufeff" + text).getBytes(StandardCharsets.UTF_8),
                text.replace(',', '\t').getBytes(StandardCharsets.UTF_16),
                text.replace(',', ';').getBytes(GBK))) {
            assertThat(register.tryTable(content).lines())
                    .extracting(line -> line.part() + " " + line.line() + " " + line.name() + " " + line.outcome())
                    .containsExactly("COMPANIES 2 渝通物流 CREATED");
        }
    }

    @Test
    void keepsAScriptInANameAsTheTextThatItIs() throws Exception {
        take("企业名称,行政区划代码\n<script>alert(1)</script>,500112\n".getBytes(StandardCharsets.UTF_8));
        assertThat(database.one("select name from hw.company where company_id > 0"))
                .isEqualTo("<script>alert(1)</script>");
    }

    @Test
    void doesNothingWhenTheRegisterIsNoLongerWhatTheReportSaw() throws Exception {
        byte[] content = whole().bytes();
        TableReport seen = register.tryTable(content);
        take("企业名称,行政区划代码\n渝通物流,500112\n".getBytes(GBK));
        List<String> done = new ArrayList<>();
        TableReport now = register.takeTable(content, seen, (connection, ids) -> done.add("done"));
        assertThat(now).isNotEqualTo(seen);
        assertThat(now.totals().get(Outcome.CHANGED)).isEqualTo(1);
        assertThat(done).isEmpty();
        assertThat(database.one("select count(*) from hw.vehicle")).isEqualTo("0");
    }

    @Test
    void aTruckThatEnrolledItselfIsFoundByItsTerminal() throws Exception {
        new Enrolment(database.databases().writer())
                .enrol(List.of(new Enrolment.Said("13912345678", "70111", "HW", "A000001", 2, "", 2019)));
        String vehicle = database.one("select vehicle_id from hw.vehicle");
        take(whole().bytes());
        assertThat(database.one("select plate from hw.vehicle where vehicle_id = " + vehicle))
                .isEqualTo("渝B12345");
    }

    @Test
    void readsAsManyLinesAsItPromises() throws Exception {
        StringBuilder text = new StringBuilder("证件种类,持有者,有效期至\n");
        for (int i = 1; i < SheetFile.MOST_LINES; i++) {
            text.append("车辆年检,渝B").append(i).append(",2027-01-01\n");
        }
        TableReport report = register.tryTable(text.toString().getBytes(GBK));
        assertThat(report.totals().get(Outcome.REFUSED)).isEqualTo(SheetFile.MOST_LINES - 1);
    }

    @Test
    void bothLanguagesSayEverything() {
        ImportWords chinese = ImportWords.of("zh-CN");
        ImportWords english = ImportWords.english();
        assertThat(chinese.keys()).isEqualTo(english.keys());
        for (ImportRule rule : ImportRule.values()) {
            assertThat(List.of(chinese.why(rule, List.of()), english.todo(rule, List.of())))
                    .allMatch(text -> !text.isBlank());
        }
        for (TablePart part : TablePart.values()) {
            part.columns()
                    .forEach(column -> assertThat(chinese.title(part, column.key()))
                            .isNotEqualTo(english.title(part, column.key())));
        }
    }
}
