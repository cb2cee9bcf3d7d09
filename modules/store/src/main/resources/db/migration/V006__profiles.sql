-- Rule parameters of China's regime, first version. Names are those of the pages under docs/rules.

insert into hw.rule_profile (rule, version, company_id, vehicle_class, parameters, effective_from) values
('speeding', 'cn-2026.1', 0, null, '{
    "limit_kmh": "90", "tol_abs_kmh": "0", "tol_pct": "0", "min_duration_s": "30", "merge_gap_s": "60", "end_hold_s": "20",
    "prewarn_margin_kmh": "5", "prewarn_hold_s": "10", "limit_change_grace_s": "15", "continue_report_s": "300",
    "max_event_s": "3600", "max_point_gap_s": "120", "sev_dur_s": "180", "night_factor": "1", "night_window": "22:00-06:00",
    "pulse_vs_gnss_kmh": "11", "mismatch_hold_s": "300"}', '-infinity'),
('speeding', 'cn-2026.1', 0, 'OVERSIZE', '{
    "limit_kmh": "60", "tol_abs_kmh": "0", "tol_pct": "0", "min_duration_s": "30", "merge_gap_s": "60", "end_hold_s": "20",
    "prewarn_margin_kmh": "5", "prewarn_hold_s": "10", "limit_change_grace_s": "15", "continue_report_s": "300",
    "max_event_s": "3600", "max_point_gap_s": "120", "sev_dur_s": "180", "night_factor": "1", "night_window": "22:00-06:00",
    "pulse_vs_gnss_kmh": "11", "mismatch_hold_s": "300"}', '-infinity'),
('speeding', 'cn-2026.1', 0, 'DANGEROUS_GOODS', '{
    "limit_kmh": "80", "tol_abs_kmh": "0", "tol_pct": "0", "min_duration_s": "30", "merge_gap_s": "60", "end_hold_s": "20",
    "prewarn_margin_kmh": "5", "prewarn_hold_s": "10", "limit_change_grace_s": "15", "continue_report_s": "300",
    "max_event_s": "3600", "max_point_gap_s": "120", "sev_dur_s": "180", "night_factor": "0.8", "night_window": "22:00-06:00",
    "pulse_vs_gnss_kmh": "11", "mismatch_hold_s": "300"}', '-infinity'),
('motion', 'cn-2026.1', 0, null, '{
    "v_move_kmh": "5", "v_stop_kmh": "3", "move_hold_s": "10", "bridge_stop_s": "120", "drift_radius_m": "150", "gap_s": "120",
    "gap_still_m": "300", "gap_move_m": "500", "gap_max_infer_s": "1800", "gap_v_max_kmh": "100"}', '-infinity'),
('hours', 'cn-2026.1', 0, null, '{
    "cn.cont_limit_s": "14400", "cn.night_cont_limit_s": "off", "cn.night_window": "22:00-06:00", "cn.rest_min_s": "1200",
    "cn.cum24_limit_s": "28800", "cn.cum24_warn_only": "true", "cn.prewarn_s": "1800", "cn.cont_mode": "moving",
    "cn.sev_steps_s": "1800,3600", "cn.report_interval_s": "10", "cn.zone": "Asia/Shanghai",
    "gap_policy": "conservative"}', '-infinity'),
('hours', 'cn-2026.1', 0, 'DANGEROUS_GOODS', '{
    "cn.cont_limit_s": "14400", "cn.night_cont_limit_s": "7200", "cn.night_window": "22:00-06:00", "cn.rest_min_s": "1200",
    "cn.cum24_limit_s": "28800", "cn.cum24_warn_only": "false", "cn.prewarn_s": "1800", "cn.cont_mode": "elapsed",
    "cn.sev_steps_s": "1800,3600", "cn.report_interval_s": "10", "cn.zone": "Asia/Shanghai",
    "gap_policy": "conservative"}', '-infinity'),
('papers', 'cn-2026.1', 0, null, '{"min_distance_m": "1000"}', '-infinity'),
('quality', 'cn-2026.1', 0, null, '{
    "max_accel_kmh_s": "9", "max_decel_kmh_s": "29", "max_implied_kmh": "160", "anchor_after": "3",
    "implied_vs_reported_kmh": "30", "min_sats": "5"}', '-infinity');
