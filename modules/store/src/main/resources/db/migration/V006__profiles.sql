-- Rule parameters of China's regime, first version. Names are those of the pages under docs/rules.

insert into hw.rule_profile (rule, version, company_id, vehicle_class, parameters, effective_from) values
('speeding', 'cn-2026.1', 0, null, '{
    "limit_kmh": "90", "tol_abs_kmh": "0", "tol_pct": "0", "min_duration_s": "30", "merge_gap_s": "60", "end_hold_s": "20",
    "prewarn_margin_kmh": "5", "limit_change_grace_s": "15", "continue_report_s": "300", "max_event_s": "3600",
    "max_point_gap_s": "120", "sev_dur_s": "180", "night_factor_on": "false", "night_factor": "0.8",
    "night_window": "22:00-06:00"}', '-infinity'),
('speeding', 'cn-2026.1', 0, 'DANGEROUS_GOODS', '{
    "limit_kmh": "80", "tol_abs_kmh": "0", "tol_pct": "0", "min_duration_s": "30", "merge_gap_s": "60", "end_hold_s": "20",
    "prewarn_margin_kmh": "5", "limit_change_grace_s": "15", "continue_report_s": "300", "max_event_s": "3600",
    "max_point_gap_s": "120", "sev_dur_s": "180", "night_factor_on": "true", "night_factor": "0.8",
    "night_window": "22:00-06:00"}', '-infinity'),
('hours', 'cn-2026.1', 0, null, '{
    "v_move_kmh": "5", "move_hold_s": "10", "v_stop_kmh": "3", "stop_hold_s": "10", "bridge_stop_s": "120",
    "drift_radius_m": "150", "gap_s": "120", "gap_still_m": "300", "gap_move_m": "500", "gap_max_infer_s": "1800",
    "gap_v_max_kmh": "100", "gap_policy": "conservative", "rest_tolerance_s": "0", "cn.cont_limit_s": "14400",
    "cn.night_cont_limit_s": "off", "cn.night_window": "22:00-06:00", "cn.rest_min_s": "1200", "cn.cum24_limit_s": "28800",
    "cn.cum24_warn_only": "true", "cn.prewarn_s": "1800", "cn.cont_mode": "moving", "cn.sev_steps_s": "1800,3600"}', '-infinity'),
('hours', 'cn-2026.1', 0, 'DANGEROUS_GOODS', '{
    "v_move_kmh": "5", "move_hold_s": "10", "v_stop_kmh": "3", "stop_hold_s": "10", "bridge_stop_s": "120",
    "drift_radius_m": "150", "gap_s": "120", "gap_still_m": "300", "gap_move_m": "500", "gap_max_infer_s": "1800",
    "gap_v_max_kmh": "100", "gap_policy": "conservative", "rest_tolerance_s": "0", "cn.cont_limit_s": "14400",
    "cn.night_cont_limit_s": "7200", "cn.night_window": "22:00-06:00", "cn.rest_min_s": "1200", "cn.cum24_limit_s": "28800",
    "cn.cum24_warn_only": "false", "cn.prewarn_s": "1800", "cn.cont_mode": "elapsed", "cn.sev_steps_s": "1800,3600"}', '-infinity'),
('papers', 'cn-2026.1', 0, null, '{
    "min_distance_m": "1000",
    "critical_kinds": "co.licence,veh.permit,veh.inspection,veh.ins_compulsory,drv.licence,drv.qualification"}', '-infinity'),
('quality', 'cn-2026.1', 0, null, '{
    "lon_min_deg": "73.55", "lon_max_deg": "135.083333", "lat_min_deg": "3.85", "lat_max_deg": "53.55",
    "speed_max_kmh": "160", "max_accel_kmh_s": "9", "max_decel_kmh_s": "29", "max_implied_kmh": "160",
    "implied_vs_reported_kmh": "30", "min_sats": "5", "pulse_vs_gnss_kmh": "11", "stationary_drift_m": "50",
    "reanchor_after": "3"}', '-infinity');
