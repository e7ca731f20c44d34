select r.id from runs r where r.id = any (@ids) order by r.id for no key update of r skip locked
