-- A demonstration stands on 15/11/2021: quarter III of part II.1 is over at the province, quarter IV
-- runs in the districts. Set once; whoever moves the day later keeps it.
reset role;

update private.installation set mode = 'demonstration', fixed_today = '2021-11-15' where mode = 'production';
