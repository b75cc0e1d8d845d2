from django.db import models


class PersonKey(models.Model):
    """A person's data key, wrapped by a county's key of a generation; without it his sealed values are shut.

    The key ring that unwraps it lies outside the database (`kernel.sealing.ring`). The number is plain, never
    a foreign key: the row outlives the person, so that nothing is sealed for him anew.
    """

    person_id = models.BigIntegerField("自然人编号", primary_key=True)
    county = models.BigIntegerField("县级组织编号")
    generation = models.PositiveIntegerField("密钥代次")
    wrapped = models.BinaryField("数据密钥（密封）", null=True)
    shredded_at = models.DateTimeField("销毁时间", null=True)

    class Meta:
        verbose_name = "个人数据密钥"
        indexes = (models.Index(fields=["generation", "person_id"], name="person_key_generation"),)
        constraints = (
            models.CheckConstraint(
                name="person_key_or_shredded",
                condition=models.Q(wrapped=None, shredded_at__isnull=False)
                | models.Q(wrapped__isnull=False, shredded_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} g{self.generation}"
